package dev.regista.config;

import dev.regista.DatabaseUrl;
import dev.regista.DatabaseUrlBuilder;
import dev.regista.Secret;
import dev.regista.spi.config.Option;
import dev.regista.spi.config.Values;
import java.util.List;
import java.util.Map;

/** The fields of a URL, when a configuration gives it as a block. */
final class UrlFields {
    private static final Option<String> SCHEME =
            Option.text("scheme").alias("protocol").required().describedAs("What stands before `://`.");
    private static final Option<String> HOST = Option.text("host").describedAs("The host; none for a file.");
    private static final Option<Integer> PORT =
            Option.number("port").describedAs("The port; default: the database's usual one.");
    private static final Option<String> PATH =
            Option.text("path").describedAs("What comes after the host: the name of the database.");
    private static final Option<String> FILE =
            Option.text("file").describedAs("A file, which comes after the path; absolute if it begins with `/`.");
    private static final Option<String> USER =
            Option.text("user").alias("username").describedAs("The user.");
    private static final Option<Secret> PASSWORD = Option.secret("password").describedAs("The password; needs a user.");
    private static final Option<Map<String, String>> PARAMETERS =
            Option.table("parameters").describedAs("What comes after the `?`: names and values.");

    static final List<Option<?>> ALL = List.of(SCHEME, HOST, PORT, PATH, FILE, USER, PASSWORD, PARAMETERS);

    private UrlFields() {}

    static DatabaseUrl url(Values values) {
        DatabaseUrlBuilder url = DatabaseUrl.builder(values.get(SCHEME));
        values.ifSet(HOST, url::host);
        values.ifSet(PORT, url::port);
        values.ifSet(PATH, url::path);
        values.ifSet(FILE, url::file);
        values.ifSet(USER, url::user);
        values.ifSet(PASSWORD, url::password);
        values.ifSet(PARAMETERS, parameters -> parameters.forEach(url::parameter));
        return url.build();
    }
}
