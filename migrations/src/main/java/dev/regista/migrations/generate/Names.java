package dev.regista.migrations.generate;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hibernate.engine.jdbc.env.spi.AnsiSqlKeywords;

/** Writes names so that they are read as they are meant: quoted if the database would take them for something else. */
final class Names {
    private static final Pattern LOWER = Pattern.compile("[a-z_][a-z0-9_]*");
    private static final Pattern UPPER = Pattern.compile("[A-Z_][A-Z0-9_]*");
    private static final Pattern ANY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final String quote;
    private final Pattern plain;
    private final boolean isUpper;
    private final Set<String> keywords;

    private Names(String quote, Pattern plain, boolean isUpper, Set<String> keywords) {
        this.quote = quote;
        this.plain = plain;
        this.isUpper = isUpper;
        this.keywords = keywords;
    }

    static Names of(Connection connection) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        Set<String> keywords = new HashSet<>();
        for (String keyword : metaData.getSQLKeywords().split(",", -1)) {
            keywords.add(keyword.strip().toLowerCase(Locale.ROOT));
        }
        new AnsiSqlKeywords().sql2003().forEach(keyword -> keywords.add(keyword.toLowerCase(Locale.ROOT)));
        boolean isUpper = metaData.storesUpperCaseIdentifiers();
        Pattern plain = isUpper ? UPPER : metaData.storesLowerCaseIdentifiers() ? LOWER : ANY;
        String quote = metaData.getIdentifierQuoteString();
        return new Names(quote.isBlank() ? "\"" : quote, plain, isUpper, Set.copyOf(keywords));
    }

    String of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (plain.matcher(name).matches() && !keywords.contains(lower)) {
            return isUpper ? lower : name;
        }
        return quoted(name);
    }

    String of(List<String> names) {
        return names.stream().map(this::of).collect(Collectors.joining(", "));
    }

    String quoted(String name) {
        return quote + name.replace(quote, quote + quote) + quote;
    }
}
