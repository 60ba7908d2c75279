package dev.regista.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.regista.ConfigurationException;
import dev.regista.DatabaseDownException;
import dev.regista.DatabaseUrl;
import dev.regista.OpenFailedException;
import dev.regista.Registry;
import dev.regista.RegistryBuilder;
import dev.regista.Secret;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.LeakChecker;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A password reaches the server by every way that a configuration has, and nobody else, whatever goes wrong. */
@ExtendWith(LeakChecker.class)
class SecretsIT {
    private static TestDatabase server;

    @TempDir
    Path directory;

    /** Passwords, each of a user of its own. */
    enum Planted {
        ODD("pl4nted/s$cret'\"@{x}"),
        LIKE_AN_EXPRESSION("pl4nted${n0ne}%41+\\b #c"),
        LIKE_A_NAME("pl4ntedS3cret");

        final String password;

        Planted(String password) {
            this.password = password;
        }

        String user() {
            return server.name() + "_" + ordinal();
        }

        String inYaml() {
            return quoted(password);
        }

        String inPlainYaml() {
            return password.replace("${", "$${");
        }

        String escaped() {
            return URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20");
        }

        DatabaseUrl url() {
            return DatabaseUrl.builder("postgresql")
                    .host(address().getHost())
                    .port(address().getPort())
                    .path(server.name())
                    .user(user())
                    .password(Secret.of(password))
                    .build();
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("${", "$${").replace("'", "''") + "'";
    }

    private static URI address() {
        return URI.create(server.url().substring("jdbc:".length()));
    }

    @BeforeAll
    static void createUsers() throws SQLException {
        server = TestServers.postgres().newDatabase();
        for (Planted planted : Planted.values()) {
            admin("create role " + planted.user() + " superuser login password '" + planted.password.replace("'", "''")
                    + "'");
        }
    }

    @AfterAll
    static void dropUsers() throws SQLException {
        for (Planted planted : Planted.values()) {
            admin("reassign owned by " + planted.user() + " to current_user");
            admin("drop role " + planted.user());
        }
        server.close();
    }

    private static void admin(String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** How a configuration says a password. */
    enum Way {
        LITERAL {
            @Override
            String yaml(Planted planted) {
                return beside("password: " + planted.inYaml(), planted);
            }
        },
        IN_DOUBLE_QUOTES {
            @Override
            String yaml(Planted planted) {
                return beside(
                        "password: \""
                                + planted.inPlainYaml().replace("\\", "\\\\").replace("\"", "\\\"") + '"',
                        planted);
            }
        },
        EXPRESSION {
            @Override
            String yaml(Planted planted) {
                return beside("password: ${DB_WORD}", planted);
            }

            @Override
            RegistryLoader with(RegistryLoader loader, Planted planted) {
                return loader.environment(Map.of("DB_WORD", planted.password));
            }
        },
        DEFAULT_OF_AN_EXPRESSION {
            @Override
            String yaml(Planted planted) {
                return beside(
                        "password: " + "'${NOT_SET:"
                                + planted.inYaml().substring(1, planted.inYaml().length() - 1) + "}'",
                        planted);
            }
        },
        VARIABLE_OF_THE_KEY {
            @Override
            String yaml(Planted planted) {
                return beside("", planted);
            }

            @Override
            RegistryLoader with(RegistryLoader loader, Planted planted) {
                return loader.environment(Map.of("REGISTA_DATABASES_MAIN_PASSWORD", planted.password));
            }
        },
        PROPERTY_OF_THE_PROGRAM {
            @Override
            String yaml(Planted planted) {
                return beside("", planted);
            }

            @Override
            RegistryLoader with(RegistryLoader loader, Planted planted) {
                return super.with(loader, planted).property("regista.databases.main.password", planted.password);
            }
        },
        DOT_ENV {
            @Override
            String yaml(Planted planted) {
                return beside("password: ${DB_WORD}", planted);
            }

            @Override
            RegistryLoader with(RegistryLoader loader, Planted planted) {
                return super.with(loader, planted)
                        .envFile(Path.of(loader.toString()).resolveSibling("variables"));
            }
        },
        FILE {
            @Override
            String yaml(Planted planted) {
                return beside("password-file: mounted", planted);
            }
        },
        PROVIDED {
            @Override
            String yaml(Planted planted) {
                return beside("password-from: vault", planted);
            }

            @Override
            RegistryLoader with(RegistryLoader loader, Planted planted) {
                return super.with(loader, planted).provide("vault", Secret.from(() -> planted.password));
            }
        },
        DRIVER_PROPERTY {
            @Override
            String yaml(Planted planted) {
                return beside("driver-properties: {password: " + planted.inYaml() + "}", planted);
            }
        },
        URL {
            @Override
            String yaml(Planted planted) {
                return "url: " + quoted(planted.url().reveal());
            }
        },
        URL_OF_THE_DRIVER {
            @Override
            String yaml(Planted planted) {
                return "url: '" + server.url() + "?user=" + planted.user() + "&password=" + planted.escaped() + "'";
            }
        },
        URL_BEFORE_THE_HOST {
            @Override
            String yaml(Planted planted) {
                return "url: '" + server.url().replace("//", "//" + planted.user() + ":" + planted.escaped() + "@")
                        + "'";
            }
        },
        URL_IN_A_VARIABLE {
            @Override
            String yaml(Planted planted) {
                return "url: ${DB_ADDRESS}";
            }

            @Override
            RegistryLoader with(RegistryLoader loader, Planted planted) {
                return loader.environment(Map.of("DB_ADDRESS", planted.url().reveal()));
            }
        },
        FIELD_OF_THE_URL {
            @Override
            String yaml(Planted planted) {
                return fields("password: " + planted.inYaml(), planted);
            }
        },
        FILE_OF_A_FIELD_OF_THE_URL {
            @Override
            String yaml(Planted planted) {
                return fields("password-file: mounted", planted);
            }
        };

        abstract String yaml(Planted planted);

        RegistryLoader with(RegistryLoader loader, Planted planted) {
            return loader.environment(Map.of());
        }

        private static String beside(String password, Planted planted) {
            return "url: " + server.url() + "\nuser: " + planted.user() + "\n" + password;
        }

        private static String fields(String password, Planted planted) {
            return "url: {scheme: postgresql, host: " + address().getHost() + ", port: "
                    + address().getPort() + ", path: " + server.name() + ", user: " + planted.user() + ", " + password
                    + "}";
        }
    }

    static Stream<Object[]> everyWay() {
        return Arrays.stream(Planted.values())
                .flatMap(planted -> Arrays.stream(Way.values()).map(way -> new Object[] {planted, way}));
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void aPasswordReachesTheServerAndNoText(Planted planted, Way way) throws IOException, SQLException {
        RegistryLoader loader =
                load(way.yaml(planted) + "\ncreate-tables: true\nlog-queries: true\nlog-bind-values: true", planted);
        Evidence evidence = new Evidence();
        try (evidence) {
            cycle(way.with(loader, planted).models("main", User.class), planted, evidence);
        }
        assertThat(evidence.logged()).isPositive();
        evidence.revealsNothingOf(planted.password);
    }

    private static void cycle(RegistryLoader loader, Planted planted, Evidence evidence) throws SQLException {
        RegistryBuilder builder = loader.builder();
        evidence.add(loader, loader.describe(), loader.declarations(), builder, builder.build());
        Registry registry = builder.open();
        try (registry) {
            SqlDatabase main = registry.main(SqlDatabase.class);
            main.run(session -> session.persist(new User("Ada")));
            main.jdbc().run(connection -> {
                evidence.add(
                        main.holders(),
                        registry,
                        connection,
                        connection.getMetaData().getURL());
                assertThat(connection.getMetaData().getUserName()).isEqualTo(planted.user());
            });
            evidence.add(
                    catchThrowable(() -> main.run(session -> session.createNativeMutationQuery("insert into nothing")
                            .executeUpdate())),
                    catchThrowable(() -> main.run(session -> session.unwrap(SqlDatabase.class))));
            evidence.add(main, main.url(), main.pool(), main.dataSource(), main.sessionFactory());
            evidence.add(main.sessionFactory().getProperties());
            evidence.addWhatIsMonitored();
        }
        evidence.add(registry, registry.main());
    }

    @Test
    void theServerChecksPasswords() throws IOException {
        for (Planted planted : Planted.values()) {
            RegistryLoader loader = load(Way.beside("password: wrong", planted), planted);

            assertThatThrownBy(loader::open)
                    .isInstanceOf(OpenFailedException.class)
                    .hasStackTraceContaining("password authentication failed");
        }
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void aPortWhereNobodyListensShowsNoPassword(Planted planted, Way way) throws IOException {
        RegistryLoader loader = way.with(load(elsewhere(way.yaml(planted)), planted), planted);
        if (way == Way.URL_IN_A_VARIABLE) {
            loader.environment(Map.of("DB_ADDRESS", elsewhere(planted.url().reveal())));
        }
        showsNothing(loader, planted, OpenFailedException.class);
    }

    private static String elsewhere(String yaml) throws IOException {
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return yaml.replace("" + address().getPort(), "" + nobody.getLocalPort());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aUserThatIsNotThereShowsNoPassword(Planted planted) throws IOException {
        String yaml = Way.URL.yaml(planted).replace(planted.user(), "nobody");

        showsNothing(load(yaml, planted), planted, OpenFailedException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseThatIsNotThereShowsNoPassword(Planted planted) throws IOException {
        String yaml = Way.URL_OF_THE_DRIVER.yaml(planted).replace(server.name() + "?", "nothing?");

        showsNothing(load(yaml, planted), planted, OpenFailedException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseThatNeedNotBeUpShowsNoPassword(Planted planted) throws IOException {
        RegistryLoader loader = load(elsewhere(Way.LITERAL.yaml(planted)) + "\nrequired: false", planted);
        Evidence evidence = new Evidence();
        try (evidence) {
            try (Registry registry = loader.open()) {
                SqlDatabase main = registry.main(SqlDatabase.class);
                Throwable thrown = catchThrowable(() -> main.run(session -> {}));
                assertThat(thrown).isInstanceOf(DatabaseDownException.class);
                evidence.add(thrown, main, registry);
            }
        }
        evidence.revealsNothingOf(planted.password);
    }

    /** Lines beside the password, or in its place; PASSWORD stands for it. */
    static final List<String> MISTAKES = List.of(
            "pool.size: 0",
            "pool: {size: ten}",
            "isolation: none",
            "unknown: 1",
            "password-file: mounted",
            "passwrod: PASSWORD",
            "pool.size: PASSWORD",
            "pool: {size: PASSWORD, wait-limit: PASSWORD}",
            "pool: PASSWORD",
            "session: PASSWORD",
            "session: {pool_recycle: PASSWORD}",
            "required: PASSWORD",
            "required: [PASSWORD]",
            "default: PASSWORD",
            "kind: PASSWORD",
            "kind: {is: PASSWORD}",
            "models: PASSWORD",
            "models: [dev.regista.config.User, PASSWORD]",
            "tenant-models: PASSWORD",
            "tenant-databases: {url: PASSWORD}",
            "tenant-databases: {budget: PASSWORD}",
            "isolation: PASSWORD",
            "create_db: PASSWORD",
            "connect-timeout: PASSWORD",
            "batch-size: PASSWORD",
            "log-queries: PASSWORD",
            "on-open: PASSWORD",
            "on-open: [PASSWORD]",
            "on-close: {kind: PASSWORD}",
            "on-close: {password: PASSWORD}",
            "data-source: PASSWORD",
            "driver-properties: PASSWORD",
            "driver-properties: [PASSWORD]",
            "hibernate-properties: {hibernate.connection.password: PASSWORD}",
            "username: PASSWORD");

    @ParameterizedTest
    @FieldSource("MISTAKES")
    void aMistakeBesideThePasswordShowsItNot(String mistake) throws IOException {
        for (Planted planted : List.of(Planted.ODD, Planted.LIKE_AN_EXPRESSION)) {
            String yaml = Way.LITERAL.yaml(planted) + "\n" + mistake.replace("PASSWORD", planted.inYaml());

            showsNothing(load(yaml, planted), planted, ConfigurationException.class);
        }
    }

    @ParameterizedTest
    @FieldSource("MISTAKES")
    void aMistakeWithThePasswordOfAVariableShowsItNot(String mistake) throws IOException {
        for (Planted planted : Planted.values()) {
            String yaml = Way.EXPRESSION.yaml(planted) + "\n" + mistake.replace("PASSWORD", "'${DB_WORD}'");

            showsNothing(Way.EXPRESSION.with(load(yaml, planted), planted), planted, ConfigurationException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password-file: PASSWORD",
                "password-from: PASSWORD",
                "password: [PASSWORD]",
                "password: {PASSWORD: }",
                "password: {is: PASSWORD}",
                "{password:PASSWORD}",
                "url: PASSWORD",
                "url: {scheme: PASSWORD}",
                "url: {host: db, password: PASSWORD}",
                "url: {scheme: postgresql, host: db, password: PASSWORD}",
                "url: {scheme: postgresql, host: db, port: PASSWORD}",
                "url: {scheme: postgresql, host: db, user: ada, passwrod: PASSWORD}",
                "url: {scheme: postgresql, user: ada, password: PASSWORD}",
                "url: 'postgresql://ada:URLPASSWORD@db:x/shop'",
                "url: 'postgresql://ada:URLPASSWORD@'",
                "url: 'oracle://ada:URLPASSWORD@db/shop'",
                "url: 'jdbc:nothing://ada:URLPASSWORD@db/shop'",
                "url: 'jdbc:nothing:db?user=ada&password=URLPASSWORD'",
            })
    void aMistakeInPlaceOfThePasswordShowsItNot(String mistake) throws IOException {
        for (Planted planted : List.of(Planted.ODD, Planted.LIKE_AN_EXPRESSION)) {
            String line = mistake.replace("URLPASSWORD", planted.escaped());
            String yaml = line.startsWith("{")
                    ? "{url: 'jdbc:h2:mem:x', user: ada, password:" + planted.password.replaceAll("[{}#]", "_") + "}"
                    : line.startsWith("url")
                            ? line.replace("PASSWORD", planted.inYaml())
                            : "url: jdbc:h2:mem:x\nuser: ada\n" + line.replace("PASSWORD", planted.inYaml());

            showsNothing(load(yaml, planted), planted, ConfigurationException.class);
        }
    }

    /** A password that could be the name of an option is shown where an option's name belongs. */
    @ParameterizedTest
    @EnumSource(names = "LIKE_A_NAME", mode = EnumSource.Mode.EXCLUDE)
    void aMalformedLineShowsNothingOfThePasswordInIt(Planted planted) throws IOException {
        List<String> starts = List.of(
                "",
                "\"",
                "'",
                "\"\\",
                "&",
                "*",
                "!",
                "!!",
                "!<",
                "|",
                "|x",
                ">",
                "%",
                "@",
                "`",
                "{",
                "[",
                "}",
                "]",
                ",",
                "?",
                "? ",
                "- ",
                ": ",
                ":",
                "\t",
                "#",
                "<<: ",
                "a: ",
                "{{ ",
                "[[",
                "{a: ",
                "{a: [",
                "!!binary ");
        List<String> ends = List.of(
                "",
                "\"",
                "'",
                "}",
                "]",
                ":",
                ": x",
                " #",
                "\n x",
                "\n      x",
                "\n\tx: y",
                "\\",
                "\"x",
                " }}",
                "}}",
                ",",
                "\n--- x",
                "\n%x");
        Evidence evidence = new Evidence();
        try (evidence) {
            for (String key : List.of("password: ", "password:", "password ", "password=", "password:\n        ")) {
                for (String start : starts) {
                    for (String end : ends) {
                        String line = key + start + planted.inPlainYaml() + end;
                        addProblems("url: 'jdbc:h2:mem:x'\nuser: ada\n" + line + "\nbatch-size: x", planted, evidence);
                        addProblems("{url: 'jdbc:h2:mem:x', user: ada, " + line + "}", planted, evidence);
                    }
                }
            }
        }
        evidence.revealsNothingOf(planted.password);
    }

    private void addProblems(String yaml, Planted planted, Evidence evidence) throws IOException {
        RegistryLoader loader = plain(yaml);
        Throwable thrown = catchThrowable(() -> evidence.add(loader.describe()));
        if (thrown != null) {
            assertThat(thrown).as(yaml).isInstanceOf(ConfigurationException.class);
            evidence.add(yaml.replace(planted.inPlainYaml(), "PASSWORD") + "\n" + thrown.getMessage());
        }
    }

    @Test
    void aPasswordThatIsReadAsABlockOrListIsNoText() throws IOException {
        assertThat(problem("{url: 'jdbc:h2:mem:x', user: ada, password: {pl4nted}}"))
                .endsWith("regista.yaml:4: regista.databases.main.password must be a text, not a block");
        assertThat(problem("{url: 'jdbc:h2:mem:x', user: ada, password-file: [pl4nted]}"))
                .endsWith("regista.yaml:4: regista.databases.main.password-file must be a text, not a list");
    }

    @Test
    void aPasswordWithoutABlankBeforeItIsAKeyThatIsNotShown() throws IOException {
        assertThat(problem("{url: 'jdbc:h2:mem:x', password:pl4nted}"))
                .contains(
                        "regista.yaml:4: regista.databases.main.<a text of 16 characters (letters, digits, other signs)>"
                                + " is not an option here; there are: ")
                .doesNotContain("pl4nted");
    }

    @Test
    void aPasswordInPlaceOfItsFileIsNotShown() throws IOException {
        assertThat(problem("{url: 'jdbc:h2:mem:x', user: ada, password-file: pl4nted}"))
                .endsWith("regista.databases.main.password-file must name a file that can be read, not a text of 7"
                        + " characters (letters, digits); relative to " + directory);
        assertThat(problem("{url: 'jdbc:h2:mem:x', user: ada, password-file: ./gone}"))
                .contains("must name a file that can be read, not './gone'; relative to ");
    }

    private String problem(String yaml) throws IOException {
        Throwable thrown = catchThrowable(load(yaml, Planted.ODD)::build);
        assertThat(thrown).isInstanceOf(ConfigurationException.class);
        return thrown.getMessage();
    }

    private void showsNothing(RegistryLoader loader, Planted planted, Class<? extends Throwable> expected) {
        Evidence evidence = new Evidence();
        try (evidence) {
            Throwable thrown = catchThrowable(loader::open);
            assertThat(thrown).isInstanceOf(expected);
            evidence.add(loader, thrown);
            Throwable unread = catchThrowable(() -> evidence.add(loader.describe()));
            if (unread == null) {
                evidence.add(
                        loader.builder(),
                        loader.declarations(),
                        loader.build(),
                        loader.build().main());
            } else {
                assertThat(thrown).hasMessage(unread.getMessage());
            }
            evidence.addWhatIsMonitored();
        }
        evidence.revealsNothingOf(planted.password);
    }

    @Test
    void aPasswordInAFileIsReadForEachPhysicalConnection() throws Exception {
        Path mounted = directory.resolve("mounted");

        rotate("password-file: mounted", password -> Files.writeString(mounted, password + "\n"));
    }

    @Test
    void aProvidedPasswordIsAskedForForEachPhysicalConnection() throws Exception {
        AtomicReference<String> current = new AtomicReference<>("");

        rotate("password-from: vault", current::set, Secret.from(current::get));
    }

    @FunctionalInterface
    private interface Change {
        void to(String password) throws IOException;
    }

    private void rotate(String option, Change change, Secret... vault) throws Exception {
        String user = server.name() + "_rotated";
        String second = "r0tated'/s$cret{y}";
        admin("create role " + user + " login password 'f1rst-secret'");
        change.to("f1rst-secret");
        String yaml = "url: " + server.url() + "\nuser: " + user + "\npool: {size: 3, wait-limit: 500ms}\n" + option;
        RegistryLoader loader = plain(yaml);
        for (Secret secret : vault) {
            loader.provide("vault", secret);
        }
        try (Registry registry = loader.open()) {
            SqlDatabase main = registry.main(SqlDatabase.class);
            main.jdbc().run(held -> {
                admin("alter role " + user + " password '" + second.replace("'", "''") + "'");
                connectAnew(main, held, change, second);
            });
        } finally {
            admin("drop role " + user);
        }
    }

    private static void connectAnew(SqlDatabase main, Connection held, Change change, String password)
            throws Exception {
        Evidence evidence = new Evidence();
        try (evidence) {
            Throwable refused = catchThrowable(() -> main.jdbc().requiresNew().run(other -> processOf(other)));
            assertThat(refused).hasStackTraceContaining("password authentication failed");
            evidence.add(refused);
            change.to(password);
            main.jdbc().requiresNew().run(other -> assertThat(processOf(other)).isNotEqualTo(processOf(held)));
        }
        evidence.revealsNothingOf("f1rst-secret");
        evidence.revealsNothingOf(password);
    }

    private static int processOf(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void aPasswordFileThatIsGoneIsNamedAndItsSecretIsNot() throws IOException {
        RegistryLoader loader = load(Way.FILE.yaml(Planted.ODD), Planted.ODD);
        RegistryBuilder builder = loader.builder();
        Files.delete(directory.resolve("mounted"));

        assertThatThrownBy(builder::open)
                .hasStackTraceContaining("mounted' cannot be read any more: NoSuchFileException")
                .satisfies(thrown -> {
                    try (Evidence evidence = new Evidence()) {
                        evidence.add(thrown);
                        evidence.revealsNothingOf(Planted.ODD.password);
                    }
                });
    }

    private RegistryLoader load(String block, Planted planted) throws IOException {
        Files.writeString(directory.resolve("mounted"), planted.password + "\n");
        String inQuotes = planted.password.replace("\\", "\\\\").replace("\"", "\\\"");
        Files.writeString(directory.resolve("variables"), "DB_WORD=\"" + inQuotes + "\"\n");
        return plain(block);
    }

    private RegistryLoader plain(String block) throws IOException {
        String yaml = "regista:\n  databases:\n    main:\n" + block.indent(6);
        return Regista.load(Files.writeString(directory.resolve("regista.yaml"), yaml))
                .environment(Map.of());
    }
}
