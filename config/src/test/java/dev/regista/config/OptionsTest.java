package dev.regista.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.ConfigurationException;
import dev.regista.DatabaseUrl;
import dev.regista.DatabaseUrlBuilder;
import dev.regista.Isolation;
import dev.regista.Registry;
import dev.regista.RegistryBuilder;
import dev.regista.Secret;
import dev.regista.callback.Hook;
import dev.regista.prototypes.Kind;
import dev.regista.spi.AbstractDatabaseBuilder;
import dev.regista.spi.config.Option;
import dev.regista.spi.config.OptionType;
import dev.regista.sql.PoolSettings;
import dev.regista.sql.SqlDatabase;
import dev.regista.sql.SqlDatabaseBuilder;
import dev.regista.sql.SqlKind;
import dev.regista.sql.TenantHook;
import dev.regista.sql.TenantSetup;
import dev.regista.sql.contenttype.ContentTypeSettings;
import dev.regista.sql.signal.SignalSetup;
import dev.regista.sql.tenancy.TenantDatabases;
import dev.regista.sql.tenancy.WhenFull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither form can do more than the other: for every option, the file and the builder give equal settings. */
class OptionsTest {
    private static final String URL = "jdbc:h2:mem:x;USER=sa";
    private static final JdbcDataSource DATA_SOURCE = new JdbcDataSource();
    private static final Hook<Object> FIRST = subject -> {};
    private static final Hook<Object> SECOND = subject -> {};
    private static final TenantHook TOLD = (database, tenant) -> {};
    private static final TenantSetup FILLED = (database, tenant) -> {};
    private static final SignalSetup LISTENING = signals -> {};
    private static final String TENANTS = "jdbc:h2:mem:{tenant};DB_CLOSE_DELAY=-1";
    private static final Map<String, Object> PROVIDED = Map.of(
            "filled",
            FILLED,
            "listening",
            LISTENING,
            "told",
            TOLD,
            "source",
            DATA_SOURCE,
            "first",
            FIRST,
            "second",
            SECOND,
            "vault",
            Secret.from(() -> "from the vault"));

    @TempDir
    Path directory;

    /**
     * An option of an SQL block.
     *
     * @param block what else the block says
     * @param code a builder with it
     */
    record Row(String key, String value, String block, SqlDatabaseBuilder code) {
        /** Returns the block with the option under some name. */
        String yaml(String name) {
            return block + "\n" + name + ": " + value;
        }

        @Override
        public String toString() {
            return key;
        }
    }

    private static final List<Row> ROWS = List.of(
            new Row("url", "jdbc:h2:mem:y", "", SqlDatabase.at("jdbc:h2:mem:y")),
            new Row("data-source", "source", "kind: sql", SqlDatabase.at(DATA_SOURCE)),
            row("user", "ada", builder -> builder.user("ada")),
            row("password", "s3cret", builder -> builder.password("s3cret")),
            row("schema", "sales", builder -> builder.schema("sales")),
            row("isolation", "repeatable-read", builder -> builder.isolation(Isolation.REPEATABLE_READ)),
            row("create-tables", "true", builder -> builder.createTables(true)),
            row("batch-size", "7", builder -> builder.batchSize(7)),
            row("log-queries", "true", builder -> builder.logQueries(true)),
            row("log-bind-values", "true", builder -> builder.logBindValues(true)),
            ofTenants("tenant-databases.url", TENANTS, settings -> settings),
            ofTenants("tenant-databases.budget", "70", settings -> settings.withBudget(70)),
            ofTenants("tenant-databases.pool-size", "3", settings -> settings.withPoolSize(3)),
            ofTenants(
                    "tenant-databases.idle-timeout", "5s", settings -> settings.withIdleTimeout(Duration.ofSeconds(5))),
            ofTenants("tenant-databases.when-full", "refuse", settings -> settings.withWhenFull(WhenFull.REFUSE)),
            row("tenant-setup", "filled", builder -> builder.tenantSetup(FILLED)),
            row("signals", "[listening]", builder -> builder.signals(LISTENING)),
            row("on-tenant-created", "[told]", builder -> builder.onTenantCreated(TOLD)),
            row("on-tenant-dropped", "[told]", builder -> builder.onTenantDropped(TOLD)),
            row("content-types.enabled", "true", SqlDatabaseBuilder::contentTypes),
            row(
                    "content-types.prototype",
                    "dev.regista.prototypes.Kind",
                    builder -> builder.contentTypes(ContentTypeSettings.DEFAULT.prototype(Kind.class))),
            row(
                    "content-types.without",
                    "dev.regista.config.User",
                    builder -> builder.contentTypes(ContentTypeSettings.DEFAULT.without(User.class))),
            row(
                    "content-types.constraint",
                    "false",
                    builder -> builder.contentTypes(ContentTypeSettings.DEFAULT.constraint(false))),
            row(
                    "content-types.database",
                    "other",
                    builder -> builder.contentTypes(ContentTypeSettings.DEFAULT.in("other"))),
            row("tenant-models", "dev.regista.config.User", builder -> builder.tenantModels(User.class)),
            pool("pool.size", "3", pool -> PoolSettings.ofSize(3)),
            pool("pool.overflow", "2", pool -> pool.withOverflow(2)),
            pool("pool.min-idle", "4", pool -> pool.withMinIdle(4)),
            pool("pool.wait-limit", "250ms", pool -> pool.withWaitLimit(Duration.ofMillis(250))),
            pool("pool.max-lifetime", "1h", pool -> pool.withMaxLifetime(Duration.ofHours(1))),
            pool("pool.idle-timeout", "0", pool -> pool.withIdleTimeout(Duration.ZERO)),
            pool("pool.pre-ping", "true", pool -> pool.withPrePing(true)),
            row(
                    "driver-properties",
                    "{ApplicationName: shop, a_b: c}",
                    builder -> builder.driverProperty("ApplicationName", "shop").driverProperty("a_b", "c")),
            row(
                    "hibernate-properties",
                    "{hibernate.default_batch_fetch_size: 16, hibernate: {jdbc.fetch_size: 5}}",
                    builder -> builder.hibernateProperty("hibernate.default_batch_fetch_size", "16")
                            .hibernateProperty("hibernate.jdbc.fetch_size", "5")),
            row("models", "dev.regista.config.User", builder -> builder.models(User.class)),
            row("required", "false", builder -> builder.required(false)),
            row("connect-timeout", "3s", builder -> builder.connectTimeout(Duration.ofSeconds(3))),
            row("close-timeout", "2m", builder -> builder.closeTimeout(Duration.ofMinutes(2))),
            row("on-open", "[first, second]", builder -> builder.onOpen(FIRST).onOpen(SECOND)),
            row("on-close", "[first, second]", builder -> builder.onClose(FIRST).onClose(SECOND)));

    private static Row row(String key, String value, UnaryOperator<SqlDatabaseBuilder> code) {
        return new Row(key, value, "url: " + URL, code.apply(SqlDatabase.at(URL)));
    }

    private static Row pool(String key, String value, UnaryOperator<PoolSettings> code) {
        return row(key, value, builder -> builder.pool(code.apply(PoolSettings.DEFAULT)));
    }

    private static Row ofTenants(String key, String value, UnaryOperator<TenantDatabases> code) {
        String url = key.endsWith(".url") ? "" : "\ntenant-databases.url: '" + TENANTS + "'";
        return new Row(
                key,
                value,
                "url: " + URL + "\ntenant-models: dev.regista.config.User" + url,
                SqlDatabase.at(URL).tenantModels(User.class).tenantDatabases(code.apply(TenantDatabases.at(TENANTS))));
    }

    @Test
    void databasesOfTenantsNeedAUrl() {
        assertThatThrownBy(() -> block("url: " + URL + "\ntenant-databases.budget: 7"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tenant-databases.url");
    }

    @Test
    void everyOptionHasOneRow() {
        assertThat(ROWS).extracting(Row::key).containsExactlyInAnyOrderElementsOf(keys(options()));
    }

    @ParameterizedTest
    @FieldSource("ROWS")
    void theFileGivesWhatTheBuilderGives(Row row) throws IOException {
        compare(block(row.yaml(row.key))).isEqualTo(row.code);
    }

    @ParameterizedTest
    @FieldSource("ROWS")
    void theOptionMakesADifference(Row row) throws IOException {
        compare(block(row.yaml(row.key))).isNotEqualTo(SqlDatabase.at(URL));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void eachSpellingGivesTheSame(Row row, String yaml) throws IOException {
        compare(block(yaml)).isEqualTo(row.code);
    }

    static Stream<Object[]> eachSpellingGivesTheSame() {
        return ROWS.stream()
                .flatMap(row -> option(row.key).keys().stream()
                        .flatMap(name -> Stream.of(name, name.replace('-', '_')))
                        .distinct()
                        .flatMap(name -> Stream.of(row.yaml(name), nested(row, name)))
                        .distinct()
                        .map(yaml -> new Object[] {row, yaml}));
    }

    @Test
    void coreLibsKeysAreOtherNames() {
        Map<String, List<String>> aliases = options().stream()
                .filter(option -> !option.aliases().isEmpty())
                .collect(Collectors.toMap(Option::key, Option::aliases));

        assertThat(aliases)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "user", List.of("username"),
                        "create-tables", List.of("create-db"),
                        "pool.size", List.of("session.pool-size"),
                        "pool.overflow", List.of("session.max-overflow", "session.pool-max-overflow"),
                        "pool.max-lifetime", List.of("session.pool-recycle"),
                        "pool.pre-ping", List.of("session.pool-pre-ping")));
    }

    private static String nested(Row row, String name) {
        int dot = name.indexOf('.');
        return dot < 0
                ? row.yaml(name)
                : row.block + "\n" + name.substring(0, dot) + ":\n  " + name.substring(dot + 1) + ": " + row.value;
    }

    @ParameterizedTest
    @MethodSource("rowsThatAreOneText")
    void aVariableGivesTheSame(Row row) throws IOException {
        String variable = "REGISTA_DATABASES_MAIN_"
                + row.key.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
        RegistryLoader loader = load("regista:\n  databases:\n    main:\n" + row.block.indent(6))
                .environment(Map.of(variable, row.value.replaceAll("[\\[\\]]", "")));

        compare(only(loader)).isEqualTo(row.code);
    }

    static Stream<Row> rowsThatAreOneText() {
        return ROWS.stream().filter(row -> !(option(row.key).type() instanceof OptionType.Table));
    }

    @Test
    void aBlockWithOnlyAUrlHasTheBuildersDefaults() throws IOException {
        compare(block("url: " + URL)).isEqualTo(SqlDatabase.at(URL));
    }

    @ParameterizedTest
    @MethodSource("optionsWithDefaults")
    void theDocumentedDefaultIsTheBuilders(Option<?> option) throws IOException {
        compare(block("url: " + URL + "\n" + option.key() + ": " + option.defaultText()))
                .isEqualTo(SqlDatabase.at(URL));
    }

    static Stream<Option<?>> optionsWithDefaults() {
        return options().stream().filter(option -> !option.defaultText().isEmpty());
    }

    @Test
    void everyNumberAndFlagAndDurationDocumentsItsDefault() {
        Set<String> without = Set.of("user", "schema", "isolation", "content-types.database");

        assertThat(options().stream()
                        .filter(option -> option.type() instanceof OptionType.Scalar)
                        .filter(option -> option.defaultText().isEmpty()))
                .extracting(Option::key)
                .containsExactlyInAnyOrderElementsOf(without);
    }

    @ParameterizedTest
    @EnumSource
    void anIsolationIsWrittenInAnyCase(Isolation isolation) throws IOException {
        SqlDatabaseBuilder code = SqlDatabase.at(URL).isolation(isolation);
        String dashed = isolation.name().toLowerCase(Locale.ROOT).replace('_', '-');

        compare(block("url: " + URL + "\nisolation: " + isolation)).isEqualTo(code);
        compare(block("url: " + URL + "\nisolation: " + dashed)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "yes, true", "On, true", "false, false", "NO, false", "off, false"})
    void aFlagHasYamlsOldWordsToo(String text, boolean value) throws IOException {
        compare(block("url: " + URL + "\npool.pre-ping: " + text))
                .isEqualTo(SqlDatabase.at(URL).pool(PoolSettings.DEFAULT.withPrePing(value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5400", "5400s", "90m", "90 M", "5400000ms", "PT1H30M", "pt90m"})
    void aDurationHasItsUnitOrIsInSeconds(String text) throws IOException {
        compare(block("url: " + URL + "\npool.max-lifetime: " + text))
                .isEqualTo(SqlDatabase.at(URL).pool(PoolSettings.DEFAULT.withMaxLifetime(Duration.ofMinutes(90))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"dev.regista.config", "[dev.regista.config]", "[dev.regista.config.User, dev.regista.config]"})
    void aPackageStandsForTheModelsInIt(String models) throws IOException {
        compare(block("url: " + URL + "\nmodels: " + models))
                .isEqualTo(SqlDatabase.at(URL).models(User.class));
    }

    @Test
    void theModelsOfTheProgramAreThoseOfTheBuilder() throws IOException {
        RegistryLoader loader = load("regista: {databases: {main: {url: " + URL + "}}}");

        compare(only(loader.models("main", User.class)))
                .isEqualTo(SqlDatabase.at(URL).models(User.class));
    }

    @ParameterizedTest
    @CsvSource({
        "password: s3cret, s3cret",
        "password-file: secret.txt, from the file",
        "password_file: secret.txt, from the file",
        "password-from: vault, from the vault",
        "password_from: vault, from the vault",
    })
    void thePasswordIsWhatTheFileOrTheProgramReveals(String yaml, String password) throws IOException {
        compare(block("url: " + URL + "\n" + yaml))
                .isEqualTo(SqlDatabase.at(URL).password(password));
    }

    @Test
    void theUrlByItsFieldsIsTheUrlOfTheBuilder() throws IOException {
        compare(block("""
                        url:
                          scheme: postgresql
                          host: "::1"
                          port: 5433
                          path: shop
                          user: ada
                          password: p@ss:/w
                          parameters: {ssl: "true", application_name: shop}
                        """)).isEqualTo(SqlDatabase.at(server(DatabaseUrl.builder("postgresql"))));
    }

    @Test
    void theFieldsOfAUrlHaveTheirOtherNames() throws IOException {
        compare(block("""
                        url: {protocol: postgresql, host: "::1", port: 5433, path: shop, username: ada,
                          password_file: p.txt, parameters: {ssl: true, application_name: shop}}
                        """)).isEqualTo(SqlDatabase.at(server(DatabaseUrl.builder("postgresql"))));
    }

    private static DatabaseUrl server(DatabaseUrlBuilder url) {
        return url.host("::1")
                .port(5433)
                .path("shop")
                .user("ada")
                .password(Secret.of("p@ss:/w"))
                .parameter("ssl", "true")
                .parameter("application_name", "shop")
                .build();
    }

    @Test
    void theFileOfAUrlIsThatOfTheBuilder() throws IOException {
        compare(block("url: {scheme: sqlite, file: /var/lib/shop.db}"))
                .isEqualTo(SqlDatabase.at(
                        DatabaseUrl.builder("sqlite").file("/var/lib/shop.db").build()));
        compare(block("url: {scheme: sqlite, path: data, file: shop.db}"))
                .isEqualTo(SqlDatabase.at(DatabaseUrl.builder("sqlite")
                        .path("data")
                        .file("shop.db")
                        .build()));
    }

    @Test
    void theUrlWithoutADriversPrefixIsTheUrlOfTheBuilder() throws IOException {
        String url = "postgresql://ada:p%40ss@db:5433/shop?ssl=true";

        compare(block("url: " + url)).isEqualTo(SqlDatabase.at(url));
        compare(block("url: " + url)).isEqualTo(SqlDatabase.at(DatabaseUrl.parse(url)));
    }

    @Test
    void credentialsBesideThoseOfTheUrlAreThoseOfTheBuilder() throws IOException {
        DatabaseUrl url = DatabaseUrl.builder("postgresql")
                .host("db")
                .user("sa")
                .password(Secret.of("old"))
                .build();

        compare(block("url: {scheme: postgresql, host: db, user: sa, password: old}\nuser: ada\npassword: s3cret"))
                .isEqualTo(SqlDatabase.at(url).user("ada").password("s3cret"))
                .isNotEqualTo(SqlDatabase.at(url));
    }

    @Test
    void theRegistryIsTheOneOfTheBuilder() throws IOException {
        RegistryLoader loader = load("""
                regista:
                  on-open: [first, second]
                  on_close: [first, second]
                  databases:
                    extra: {url: "jdbc:h2:mem:y", required: false}
                    main: {url: "%s", batch-size: 7}
                """.formatted(URL));

        compare(loader.builder())
                .isEqualTo(Registry.builder()
                        .extra("extra", SqlDatabase.at("jdbc:h2:mem:y").required(false))
                        .main(SqlDatabase.at(URL).batchSize(7))
                        .onOpen(FIRST)
                        .onOpen(SECOND)
                        .onClose(FIRST)
                        .onClose(SECOND));
    }

    @Test
    void theRegistrysHooksMakeADifference() throws IOException {
        RegistryBuilder plain = Registry.builder().main(SqlDatabase.at(URL));

        for (String option : List.of("on-open: first", "on-close: first")) {
            compare(load("regista: {" + option + ", databases: {main: {url: " + URL + "}}}")
                            .builder())
                    .isNotEqualTo(plain);
        }
    }

    /** The builder hands its schema on when it builds; the file's is handed on when it has been read. */
    @Test
    void theRegistrysSchemaIsTheMainDatabasesAlone() throws IOException {
        RegistryLoader loader = load("""
                regista:
                  schema: sales
                  databases:
                    main: {url: "%s"}
                    extra: {url: "jdbc:h2:mem:y"}
                """.formatted(URL));
        SqlDatabaseBuilder main = SqlDatabase.at(URL);
        SqlDatabaseBuilder extra = SqlDatabase.at("jdbc:h2:mem:y");
        Registry.builder().main(main).extra("extra", extra).schema("sales").build();

        compare(loader.builder())
                .isEqualTo(Registry.builder().main(main).extra("extra", extra))
                .isNotEqualTo(Registry.builder().main(SqlDatabase.at(URL)).extra("extra", extra));
    }

    @Test
    void theMainDatabasesOwnSchemaIsStrongerThanTheRegistrys() throws IOException {
        RegistryLoader loader = load("regista: {schema: sales, databases: {main: {url: " + URL + ", schema: own}}}");

        compare(only(loader)).isEqualTo(SqlDatabase.at(URL).schema("own"));
    }

    @Test
    void theRegistryHasNoOtherOptions() {
        assertThat(keys(RegistryReader.OPTIONS)).containsExactly("schema", "on-open", "on-close");
    }

    private static List<Option<?>> options() {
        return Stream.of(new SqlKind().options(), AbstractDatabaseBuilder.commonOptions())
                .flatMap(List::stream)
                .collect(Collectors.toList());
    }

    private static List<String> keys(Collection<Option<?>> options) {
        return options.stream().<String>map(Option::key).toList();
    }

    private static Option<?> option(String key) {
        return options().stream()
                .filter(option -> option.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no option " + key));
    }

    private SqlDatabaseBuilder block(String yaml) throws IOException {
        return only(load("regista:\n  databases:\n    main:\n" + yaml.indent(6)));
    }

    private static SqlDatabaseBuilder only(RegistryLoader loader) {
        List<Declared> databases = loader.declarations().databases();
        assertThat(databases).hasSize(1);
        return (SqlDatabaseBuilder) databases.get(0).builder();
    }

    private RegistryLoader load(String yaml) throws IOException {
        Files.writeString(directory.resolve("secret.txt"), "from the file\n");
        Files.writeString(directory.resolve("p.txt"), "p@ss:/w");
        RegistryLoader loader = Regista.load(Files.writeString(directory.resolve("regista.yaml"), yaml))
                .environment(Map.of());
        PROVIDED.forEach(loader::provide);
        return loader;
    }

    private static RecursiveComparisonAssert<?> compare(Object builder) {
        return assertThat(builder)
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .withComparatorForType(OptionsTest::compareRevealed, Secret.class)
                .withEqualsForType((one, other) -> one == other, JdbcDataSource.class)
                .withEqualsForType(Object::equals, Class.class)
                .withEqualsForType((one, other) -> one == other, TenantHook.class)
                .withEqualsForType((one, other) -> one == other, TenantSetup.class)
                .withEqualsForType((one, other) -> one == other, Hook.class);
    }

    private static int compareRevealed(Secret one, Secret other) {
        return one == null || other == null
                ? (one == other ? 0 : 1)
                : one.reveal().compareTo(other.reveal());
    }
}
