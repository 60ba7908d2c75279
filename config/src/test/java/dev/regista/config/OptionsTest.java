package dev.regista.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.DatabaseUrl;
import dev.regista.Isolation;
import dev.regista.Secret;
import dev.regista.callback.Hook;
import dev.regista.spi.AbstractDatabaseBuilder;
import dev.regista.spi.config.Option;
import dev.regista.sql.PoolSettings;
import dev.regista.sql.SqlDatabase;
import dev.regista.sql.SqlDatabaseBuilder;
import dev.regista.sql.SqlKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.RecursiveComparisonAssert;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Neither form can do more than the other: for every option, the file and the builder give equal settings. */
class OptionsTest {
    private static final String URL = "jdbc:postgresql://db/shop";
    private static final Hook<Object> HOOK = subject -> {};
    private static final JdbcDataSource DATA_SOURCE = new JdbcDataSource();

    @TempDir
    Path directory;

    record Row(String key, String yaml, UnaryOperator<SqlDatabaseBuilder> code) {
        @Override
        public String toString() {
            return yaml;
        }
    }

    private static Row row(String key, String yaml, UnaryOperator<SqlDatabaseBuilder> code) {
        return new Row(key, yaml, code);
    }

    private static Row pool(String key, String yaml, UnaryOperator<PoolSettings> code) {
        return row(key, yaml, builder -> builder.pool(code.apply(PoolSettings.DEFAULT)));
    }

    static Stream<Row> rows() {
        return Stream.of(
                row("user", "user: ada", builder -> builder.user("ada")),
                row("user", "username: ada", builder -> builder.user("ada")),
                row("password", "user: ada\npassword: s3cret", builder -> builder.user("ada")
                        .password("s3cret")),
                row("password", "user: ada\npassword-file: secret.txt", builder -> builder.user("ada")
                        .password("from the file")),
                row("password", "user: ada\npassword_from: vault", builder -> builder.user("ada")
                        .password("from the vault")),
                row("schema", "schema: sales", builder -> builder.schema("sales")),
                row("isolation", "isolation: repeatable-read", builder -> builder.isolation(Isolation.REPEATABLE_READ)),
                row("isolation", "isolation: SERIALIZABLE", builder -> builder.isolation(Isolation.SERIALIZABLE)),
                row("create-tables", "create-tables: true", builder -> builder.createTables(true)),
                row("create-tables", "create_db: yes", builder -> builder.createTables(true)),
                row("batch-size", "batch-size: 7", builder -> builder.batchSize(7)),
                row("batch-size", "batch_size: 7", builder -> builder.batchSize(7)),
                row("log-queries", "log-queries: true", builder -> builder.logQueries(true)),
                row("log-bind-values", "log-bind-values: on", builder -> builder.logBindValues(true)),
                row(
                        "tenant-models",
                        "tenant-models: dev.regista.config.User",
                        builder -> builder.tenantModels(User.class)),
                pool("pool.size", "pool: {size: 3}", pool -> PoolSettings.ofSize(3)),
                pool("pool.size", "pool.size: 3", pool -> PoolSettings.ofSize(3)),
                pool("pool.size", "session: {pool_size: 3}", pool -> PoolSettings.ofSize(3)),
                pool("pool.overflow", "pool: {overflow: 2}", pool -> pool.withOverflow(2)),
                pool("pool.overflow", "session: {max_overflow: 2}", pool -> pool.withOverflow(2)),
                pool("pool.overflow", "session: {pool_max_overflow: 2}", pool -> pool.withOverflow(2)),
                pool("pool.min-idle", "pool: {min-idle: 4}", pool -> pool.withMinIdle(4)),
                pool("pool.wait-limit", "pool: {wait-limit: 250ms}", pool -> pool.withWaitLimit(Duration.ofMillis(250))),
                pool("pool.max-lifetime", "pool: {max-lifetime: 1h}", pool -> pool.withMaxLifetime(Duration.ofHours(1))),
                pool("pool.max-lifetime", "session: {pool_recycle: 3600}", pool -> pool.withMaxLifetime(Duration.ofHours(1))),
                pool("pool.idle-timeout", "pool: {idle-timeout: PT30S}", pool -> pool.withIdleTimeout(Duration.ofSeconds(30))),
                pool("pool.pre-ping", "pool: {pre-ping: true}", pool -> pool.withPrePing(true)),
                pool("pool.pre-ping", "session: {pool_pre_ping: true}", pool -> pool.withPrePing(true)),
                row(
                        "driver-properties",
                        "driver-properties: {ApplicationName: shop, a_b: c}",
                        builder -> builder.driverProperty("ApplicationName", "shop").driverProperty("a_b", "c")),
                row(
                        "hibernate-properties",
                        "hibernate-properties: {hibernate.default_batch_fetch_size: 16, hibernate: {jdbc.fetch_size: 5}}",
                        builder -> builder.hibernateProperty("hibernate.default_batch_fetch_size", "16")
                                .hibernateProperty("hibernate.jdbc.fetch_size", "5")),
                row("models", "models: dev.regista.config.User", builder -> builder.models(User.class)),
                row("models", "models: [dev.regista.config]", builder -> builder.models(User.class)),
                row("required", "required: false", builder -> builder.required(false)),
                row("connect-timeout", "connect-timeout: 3s", builder -> builder.connectTimeout(Duration.ofSeconds(3))),
                row("close-timeout", "close-timeout: 2m", builder -> builder.closeTimeout(Duration.ofMinutes(2))),
                row("on-open", "on-open: [hook, hook]", builder -> builder.onOpen(HOOK).onOpen(HOOK)),
                row("on-close", "on-close: hook", builder -> builder.onClose(HOOK)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void fileAndBuilderGiveEqualSettings(Row row) throws IOException {
        SqlDatabaseBuilder fromFile = fromFile("url: " + URL + "\n" + row.yaml);

        compare(fromFile).isEqualTo(row.code.apply(SqlDatabase.at(URL)));
        compare(fromFile).isNotEqualTo(SqlDatabase.at(URL));
    }

    @Test
    void everyOptionHasARow() {
        Set<String> tested = rows().map(Row::key).collect(Collectors.toSet());
        List<Option<?>> options = new java.util.ArrayList<>(new SqlKind().options());
        options.addAll(AbstractDatabaseBuilder.commonOptions());

        assertThat(options)
                .extracting(Option::key)
                .filteredOn(key -> !Set.of("url", "data-source").contains(key))
                .allMatch(tested::contains);
    }

    @Test
    void theUrlAsTextAndByItsFieldsAreTheBuildersUrl() throws IOException {
        compare(fromFile("url: postgresql://ada:p%40ss@db:5433/shop?ssl=true"))
                .isEqualTo(SqlDatabase.at("postgresql://ada:p%40ss@db:5433/shop?ssl=true"));
        compare(fromFile(
                        """
                        url:
                          protocol: postgresql
                          username: ada
                          password: p@ss:/w
                          host: "::1"
                          port: 5433
                          path: shop
                          parameters: {ssl: "true"}
                        """))
                .isEqualTo(SqlDatabase.at(DatabaseUrl.builder("postgresql")
                        .user("ada")
                        .password(Secret.of("p@ss:/w"))
                        .host("::1")
                        .port(5433)
                        .path("shop")
                        .parameter("ssl", "true")
                        .build()));
        compare(fromFile("url: {scheme: sqlite, file: /var/lib/shop.db}")).isEqualTo(SqlDatabase.at("jdbc:sqlite:/var/lib/shop.db"));
    }

    @Test
    void theDataSourceIsTheOneThatTheProgramProvides() throws IOException {
        compare(fromFile("kind: sql\ndata-source: source")).isEqualTo(SqlDatabase.at(DATA_SOURCE));
    }

    @Test
    void whatIsNotSetIsAsInTheBuilder() throws IOException {
        compare(fromFile("url: " + URL)).isEqualTo(SqlDatabase.at(URL));
    }

    @Test
    void theDefaultsOfTheReferencePageAreThoseOfTheBuilder() throws IOException {
        StringBuilder yaml = new StringBuilder("url: " + URL + "\n");
        List<Option<?>> options = new java.util.ArrayList<>(new SqlKind().options());
        options.addAll(AbstractDatabaseBuilder.commonOptions());
        options.stream()
                .filter(option -> !option.defaultText().isEmpty())
                .forEach(option -> yaml.append(option.key()).append(": ").append(option.defaultText()).append('\n'));

        assertThat(yaml.toString()).contains("pool.size: 10").contains("required: true");
        compare(fromFile(yaml.toString())).isEqualTo(SqlDatabase.at(URL));
    }

    @Test
    void theRegistrysSchemaIsThatOfTheMainDatabase() throws IOException {
        Path file = write("regista:\n  schema: sales\n  databases:\n    main: {url: \"" + URL + "\"}\n");

        Declared main = Regista.load(file).environment(Map.of()).declarations().databases().get(0);

        compare((SqlDatabaseBuilder) main.builder()).isEqualTo(SqlDatabase.at(URL).schema("sales"));
    }

    @Test
    void theRegistrysHooksAreThoseOfTheFile() throws IOException {
        Path file = write("regista:\n  on-open: [hook]\n  on-close: [hook, hook]\n  databases:\n    main: {url: \"" + URL + "\"}\n");

        RegistryReader.Declarations declarations =
                Regista.load(file).environment(Map.of()).provide("hook", HOOK).declarations();

        assertThat(declarations.onOpen()).containsExactly(HOOK);
        assertThat(declarations.onClose()).containsExactly(HOOK, HOOK);
    }

    private SqlDatabaseBuilder fromFile(String block) throws IOException {
        Files.writeString(directory.resolve("secret.txt"), "from the file\n");
        Path file = write("regista:\n  databases:\n    main:\n" + block.indent(6));
        Declared main = Regista.load(file)
                .environment(Map.of())
                .provide("vault", Secret.from(() -> "from the vault"))
                .provide("source", DATA_SOURCE)
                .provide("hook", HOOK)
                .declarations()
                .databases()
                .get(0);
        return (SqlDatabaseBuilder) main.builder();
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("regista.yaml"), yaml);
    }

    private static RecursiveComparisonAssert<?> compare(SqlDatabaseBuilder builder) {
        return assertThat(builder)
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .withEqualsForType(
                        (a, b) -> a != null && b != null && a.reveal().equals(b.reveal()), Secret.class)
                .withEqualsForType((a, b) -> a == b, JdbcDataSource.class)
                .withEqualsForType(Object::equals, Class.class)
                .withEqualsForType((a, b) -> a == b, Hook.class);
    }
}
