package dev.regista.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a request names its tenant. */
interface TenantSource {
    /** What a request says: a name, or nothing ({@code null}), or what must be refused with a status other than 0. */
    record Said(@Nullable String name, int refusal) {
        static final Said NOTHING = new Said(null, 0);

        static Said name(String name) {
            return new Said(name, 0);
        }

        static Said refused(int status) {
            return new Said(null, status);
        }
    }

    Said read(HttpServletRequest request);

    /** Each line of the header is a name: a list with commas is none. */
    record Header(String header) implements TenantSource {
        public Header {
            if (header.isBlank()) {
                throw new IllegalArgumentException("the name of the header must not be blank");
            }
        }

        @Override
        public Said read(HttpServletRequest request) {
            TreeSet<String> names = new TreeSet<>(Collections.list(request.getHeaders(header)));
            if (names.size() > 1) {
                return Said.refused(HttpServletResponse.SC_BAD_REQUEST);
            }
            return names.isEmpty() ? Said.NOTHING : Said.name(names.first());
        }
    }

    /** The label before the domain, in lower case, as is the domain. */
    record Subdomain(String domain) implements TenantSource {
        private static final Pattern DOMAIN = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");

        public Subdomain {
            domain = domain.toLowerCase(Locale.ROOT);
            if (!DOMAIN.matcher(domain).matches()) {
                throw new IllegalArgumentException(
                        "a domain has no scheme, no port, and no dot at its ends, not '" + domain + "'");
            }
        }

        @Override
        public Said read(HttpServletRequest request) {
            String host =
                    Objects.requireNonNullElse(request.getServerName(), "").toLowerCase(Locale.ROOT);
            String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
            if (name.equals(domain)) {
                return Said.NOTHING;
            }
            String label = name.endsWith("." + domain) ? name.substring(0, name.length() - domain.length() - 1) : "";
            return label.isEmpty() || label.contains(".")
                    ? Said.refused(HttpServletResponse.SC_NOT_FOUND)
                    : Said.name(label);
        }
    }

    /** The first segment as the container decoded it, so that the filter and the servlet see the same. */
    record Path() implements TenantSource {
        @Override
        public Said read(HttpServletRequest request) {
            String path = request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
            if (path.isEmpty() || path.equals("/")) {
                return Said.NOTHING;
            }
            int end = path.indexOf('/', 1);
            return Said.name(path.substring(1, end < 0 ? path.length() : end));
        }
    }
}
