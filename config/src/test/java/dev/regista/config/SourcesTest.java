package dev.regista.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.regista.ConfigurationException;
import dev.regista.Database;
import dev.regista.Registry;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where values come from, and which of several holds. */
class SourcesTest {
    private static final String BATCH_SIZE = "regista.databases.main.batch-size";
    private static final String SHOP = "regista: {databases: {main: {url: 'jdbc:h2:mem:shop'}}}\n";

    @TempDir
    Path directory;

    /** From weak to strong. */
    enum Source {
        FILE("regista.yaml:4"),
        PROFILE_FILE("regista-prod.yaml:1"),
        PROFILE_BLOCK("regista.yaml:5"),
        DOT_ENV(".env REGISTA_DATABASES_MAIN_BATCH_SIZE"),
        ENVIRONMENT("environment variable REGISTA_DATABASES_MAIN_BATCH_SIZE"),
        SYSTEM_PROPERTY("system property regista.databases.main.batch-size"),
        PROGRAM("set by the program");

        final String origin;

        Source(String origin) {
            this.origin = origin;
        }

        int value() {
            return 11 + ordinal();
        }

        List<Source> andWeaker() {
            return List.of(values()).subList(0, ordinal() + 1);
        }
    }

    @AfterEach
    void clearSystemProperties() {
        System.getProperties().keySet().removeIf(key -> key.toString().startsWith("regista."));
    }

    @ParameterizedTest
    @EnumSource
    void eachSourceIsStrongerThanThoseBeforeIt(Source source) throws IOException {
        assertThat(line(batchSizeIn(source.andWeaker()), BATCH_SIZE))
                .isEqualTo(source.value() + "  (" + source.origin + ")");
    }

    @ParameterizedTest
    @EnumSource
    void eachSourceAloneSetsAnOptionThatTheFileDoesNotHave(Source source) throws IOException {
        assertThat(line(batchSizeIn(List.of(source)), BATCH_SIZE))
                .isEqualTo(source.value() + "  (" + source.origin + ")");
    }

    @Test
    void anOptionThatNobodySetsHasItsDefault() throws IOException {
        assertThat(line(batchSizeIn(List.of()), BATCH_SIZE)).isEqualTo("128  (default)");
    }

    private RegistryLoader batchSizeIn(List<Source> sources) throws IOException {
        String set = "batch-size: ";
        write("regista.yaml", """
                regista:
                  databases:
                    main: {url: 'jdbc:h2:mem:shop',
                      %s}
                "%%prod": {regista: {databases: {main: {%s}}}}
                """.formatted(
                        sources.contains(Source.FILE) ? set + Source.FILE.value() : "",
                        sources.contains(Source.PROFILE_BLOCK) ? set + Source.PROFILE_BLOCK.value() : ""));
        if (sources.contains(Source.PROFILE_FILE)) {
            write("regista-prod.yaml", "regista: {databases: {main: {" + set + Source.PROFILE_FILE.value() + "}}}");
        }
        String variable = "REGISTA_DATABASES_MAIN_BATCH_SIZE";
        Path dotEnv =
                write(".env", sources.contains(Source.DOT_ENV) ? variable + "=" + Source.DOT_ENV.value() : "# nothing");
        if (sources.contains(Source.SYSTEM_PROPERTY)) {
            System.setProperty(BATCH_SIZE, "" + Source.SYSTEM_PROPERTY.value());
        }
        RegistryLoader loader = Regista.load(directory.resolve("regista.yaml"))
                .profile("prod")
                .envFile(dotEnv)
                .environment(
                        sources.contains(Source.ENVIRONMENT)
                                ? Map.of(variable, "" + Source.ENVIRONMENT.value())
                                : Map.of());
        return sources.contains(Source.PROGRAM) ? loader.property(BATCH_SIZE, "" + Source.PROGRAM.value()) : loader;
    }

    @Test
    void aVariableSetsAnOptionOfABlockThatIsNotThere() throws IOException {
        RegistryLoader loader = load(SHOP).environment(Map.of("REGISTA_DATABASES_MAIN_POOL_SIZE", "7"));

        assertThat(line(loader, "regista.databases.main.pool.size"))
                .isEqualTo("7  (environment variable REGISTA_DATABASES_MAIN_POOL_SIZE)");
    }

    @Test
    void aSystemPropertySetsAnOptionOfABlockThatIsNotThere() throws IOException {
        System.setProperty("regista.databases.main.pool.size", "7");

        assertThat(line(load(SHOP), "regista.databases.main.pool.size")).startsWith("7  (system property");
    }

    @ParameterizedTest
    @ValueSource(strings = {"my-shop", "my_shop", "'\"my.shop\"'"})
    void theVariableOfADatabaseHasUnderscoresForItsSigns(String name) throws IOException {
        String variable = name.contains(".") ? "REGISTA_DATABASES__MY_SHOP__USER" : "REGISTA_DATABASES_MY_SHOP_USER";
        RegistryLoader loader = load("regista: {databases: {" + name + ": {url: 'jdbc:h2:mem:shop'}}}")
                .environment(Map.of(variable, "ada"));

        assertThat(loader.describe()).contains(".user = ada  (environment variable " + variable + ")\n");
    }

    @Test
    void aDatabaseWithAQuotedDotIsOneDatabase() throws IOException {
        assertThat(load("regista: {databases: {'\"my.shop\"': {url: 'jdbc:h2:mem:shop'}}}")
                        .build()
                        .databases())
                .containsKey("my.shop");
    }

    @Test
    void aVariableGivesAnEmptyBlockItsUrl() throws IOException {
        RegistryLoader loader = load("regista:\n  databases:\n    main:\n")
                .environment(Map.of("REGISTA_DATABASES_MAIN_URL", "jdbc:h2:mem:other"));

        assertThat(line(loader, "regista.databases.main.url")).startsWith("jdbc:h2:mem:other");
    }

    @Test
    void aVariableWithAUrlIsStrongerThanTheFieldsInTheFile() throws IOException {
        RegistryLoader loader = load("regista: {databases: {main: {url: {protocol: h2, path: 'mem:shop'}}}}")
                .environment(Map.of("REGISTA_DATABASES_MAIN_URL", "jdbc:h2:mem:other"));

        assertThat(line(loader, "regista.databases.main.url")).startsWith("jdbc:h2:mem:other");
    }

    @Test
    void aVariableChangesAFieldOfTheUrlInTheFile() throws IOException {
        String yaml = "regista: {databases: {main: {url: {protocol: postgresql, host: localhost, path: shop}}}}";
        RegistryLoader loader = load(yaml).environment(Map.of("REGISTA_DATABASES_MAIN_URL_HOST", "db"));

        assertThat(line(loader, "regista.databases.main.url.host")).startsWith("db  (environment");
    }

    @Test
    void aVariableInLowerCaseIsTheSameVariable() throws IOException {
        RegistryLoader loader = load(SHOP).environment(Map.of("regista_databases_main_user", "ada"));

        assertThat(line(loader, "regista.databases.main.user")).startsWith("ada");
    }

    @Test
    void aVariableOfTheRegistryItselfCounts() throws IOException {
        RegistryLoader loader = load(SHOP).environment(Map.of("REGISTA_SCHEMA", "sales"));

        assertThat(line(loader, "regista.schema")).isEqualTo("sales  (environment variable REGISTA_SCHEMA)");
    }

    @Test
    void aVariableNamedForTheLibraryDoesNotChangeWhatIsStronger() throws IOException {
        RegistryLoader loader = load(SHOP)
                .environment(Map.of("CONFIG_ORDINAL", "1", "config_ordinal", "many"))
                .property("regista.databases.main.user", "ada");

        assertThat(line(loader, "regista.databases.main.user")).isEqualTo("ada  (set by the program)");
    }

    @Test
    void aShorterListReplacesALongerOneOfAWeakerSource() throws IOException {
        write("regista-prod.yaml", models("[dev.regista.config.User]"));

        assertThat(models(load(models("[dev.regista.config.Ghost, dev.regista.config.User]"))
                        .profile("prod")))
                .containsExactly(User.class);
    }

    @Test
    void aLongerListReplacesAShorterOneOfAWeakerSource() throws IOException {
        write("regista-prod.yaml", models("[dev.regista.config.User, dev.regista.config.User]"));

        assertThat(models(load(models("[dev.regista.config.Ghost]")).profile("prod")))
                .containsExactly(User.class);
    }

    @Test
    void aTextWithCommasReplacesAListOfAWeakerSource() throws IOException {
        RegistryLoader loader = load(models("[dev.regista.config.Ghost, dev.regista.config.Spectre]"))
                .environment(Map.of("REGISTA_DATABASES_MAIN_MODELS", " dev.regista.config.User , "));

        assertThat(models(loader)).containsExactly(User.class);
    }

    @Test
    void anEmptyTextReplacesAListOfAWeakerSource() throws IOException {
        RegistryLoader loader =
                load(models("[dev.regista.config.Ghost]")).environment(Map.of("REGISTA_DATABASES_MAIN_MODELS", ""));

        assertThat(models(loader)).isEmpty();
    }

    @Test
    void aListReplacesATextWithCommasOfAWeakerSource() throws IOException {
        write("regista-prod.yaml", models("[dev.regista.config.User]"));

        assertThat(models(load(models("'dev.regista.config.Ghost, dev.regista.config.Spectre'"))
                        .profile("prod")))
                .containsExactly(User.class);
    }

    @Test
    void aVariableOfAnElementReplacesTheList() throws IOException {
        RegistryLoader loader = load(models("[dev.regista.config.Ghost, dev.regista.config.Spectre]"))
                .environment(Map.of("REGISTA_DATABASES_MAIN_MODELS_0_", "dev.regista.config.User"));

        assertThat(models(loader)).containsExactly(User.class);
    }

    @Test
    void aBlockInAListOfModelsIsAnError() throws IOException {
        assertThat(problems(load(models("[{name: User}]")))).isNotEmpty();
    }

    private static String models(String list) {
        return "regista: {databases: {main: {url: 'jdbc:h2:mem:shop', models: " + list + "}}}";
    }

    private static Iterable<Class<?>> models(RegistryLoader loader) {
        return loader.build().main().models();
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch-size", "batch_size"})
    void dashesAndUnderscoresAreTheSame(String spelling) throws IOException {
        String yaml = "regista: {databases: {main: {url: 'jdbc:h2:mem:shop', " + spelling + ": 7}}}";

        assertThat(line(load(yaml), BATCH_SIZE)).startsWith("7 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"regista.databases.main.batch-size", "regista.databases.main.batch_size"})
    void aSystemPropertyMaySpellAnOptionEitherWay(String property) throws IOException {
        System.setProperty(property, "8");

        assertThat(line(load("regista: {databases: {main: {url: 'jdbc:h2:mem:shop', batch_size: 7}}}"), BATCH_SIZE))
                .isEqualTo("8  (system property " + property + ")");
    }

    @Test
    void theStrongerOfTwoSpellingsInTwoFilesHolds() throws IOException {
        write("regista-prod.yaml", "regista: {databases: {main: {batch_size: 8}}}");
        RegistryLoader loader = load("regista: {databases: {main: {url: 'jdbc:h2:mem:shop', batch-size: 7}}}")
                .profile("prod");

        assertThat(line(loader, BATCH_SIZE)).isEqualTo("8  (regista-prod.yaml:1)");
    }

    @Test
    void twoSpellingsOfOneOptionInOneFileAreAnError() throws IOException {
        assertThat(problems(load("""
                        regista:
                          databases:
                            main:
                              url: jdbc:h2:mem:shop
                              batch-size: 7
                              batch_size: 7
                        """)))
                .containsExactly(
                        "regista.yaml:6: regista.databases.main.batch_size and regista.databases.main.batch-size"
                                + " are two names of one option; keep one");
    }

    @Test
    void twoSpellingsOfOneOptionInOneLineAreAnError() throws IOException {
        assertThat(problems(
                        load("regista: {databases: {main: {url: 'jdbc:h2:mem:shop', batch-size: 7, batch_size: 8}}}")))
                .singleElement()
                .asString()
                .endsWith("are two names of one option; keep one");
    }

    @Test
    void anOptionAndItsOtherNameInOneFileAreAnError() throws IOException {
        assertThat(problems(load(
                        "regista: {databases: {main: {url: 'jdbc:h2:mem:shop', create_db: no, create-tables: no}}}")))
                .singleElement()
                .asString()
                .endsWith("are two names of one option; keep one");
    }

    @Test
    void twoSpellingsOfOneOptionInPropertiesAreAnError() {
        Properties properties = new Properties();
        properties.setProperty("regista.databases.main.url", "jdbc:h2:mem:shop");
        properties.setProperty("regista.databases.main.batch-size", "7");
        properties.setProperty("regista.databases.main.batch_size", "8");

        assertThat(problems(Regista.load(properties).environment(Map.of())))
                .singleElement()
                .asString()
                .endsWith("are two names of one option; keep one");
    }

    @Test
    void oneVariableOfAnOptionWithUnderscoresIsOnlyOne() throws IOException {
        RegistryLoader loader = load("regista: {databases: {main: {url: 'jdbc:h2:mem:shop', batch_size: 7}}}")
                .environment(Map.of("REGISTA_DATABASES_MAIN_BATCH_SIZE", "9"));

        assertThat(line(loader, BATCH_SIZE)).startsWith("9 ");
    }

    @Test
    void aProfileWithoutFileOrBlockIsAnError() throws IOException {
        assertThat(problems(load(SHOP).profile("prod")))
                .containsExactly("regista.yaml: there is nothing for the profile 'prod': neither a file nor a block"
                        + " \"%prod\"");
    }

    @Test
    void ofTwoProfilesTheLaterOneHolds() throws IOException {
        String yaml = SHOP + "\"%a\": {regista: {databases: {main: {batch-size: 7}}}}\n"
                + "\"%b\": {regista: {databases: {main: {batch-size: 8}}}}\n";

        assertThat(line(load(yaml).profile("a", "b"), BATCH_SIZE)).startsWith("8 ");
        assertThat(line(load(yaml).profile("b", "a"), BATCH_SIZE)).startsWith("7 ");
    }

    @Test
    void ofTwoProfilesTheLaterOneHoldsAlsoIfItIsAFileAndTheOtherABlock() throws IOException {
        write("regista-b.yaml", "regista: {databases: {main: {batch-size: 8}}}");
        String yaml = SHOP + "\"%a\": {regista: {databases: {main: {batch-size: 7}}}}\n";

        assertThat(line(load(yaml).profile("a", "b"), BATCH_SIZE)).startsWith("8 ");
        assertThat(line(load(yaml).profile("b", "a"), BATCH_SIZE)).startsWith("7 ");
    }

    @Test
    void theBlockOfAnotherProfileDoesNotCount() throws IOException {
        String yaml = SHOP + "\"%test\": {regista: {databases: {main: {no-such-option: 7}}}}\n";

        assertThat(line(load(yaml), BATCH_SIZE)).isEqualTo("128  (default)");
    }

    @Test
    void aProfileAddsADatabase() throws IOException {
        write("regista-prod.yaml", "regista: {databases: {extra: {url: 'jdbc:h2:mem:extra'}}}");

        assertThat(load(SHOP).profile("prod").build().databases()).containsOnlyKeys("main", "extra");
    }

    @Test
    void theVariableNamesTheProfiles() throws IOException {
        write("regista-prod.yaml", "regista: {databases: {main: {batch-size: 8}}}");
        RegistryLoader loader = load(SHOP).environment(Map.of("REGISTA_PROFILE", " prod ,"));

        assertThat(line(loader, BATCH_SIZE)).isEqualTo("8  (regista-prod.yaml:1)");
    }

    @Test
    void theSystemPropertyNamesTheProfilesAndWinsOverTheVariable() throws IOException {
        write("regista-prod.yaml", "regista: {databases: {main: {batch-size: 8}}}");
        System.setProperty("regista.profile", "prod");

        assertThat(line(load(SHOP).environment(Map.of("REGISTA_PROFILE", "other")), BATCH_SIZE))
                .startsWith("8 ");
    }

    @Test
    void theProgramsProfilesWinOverTheSystemProperty() throws IOException {
        System.setProperty("regista.profile", "other");

        assertThat(line(load(SHOP).profile(), BATCH_SIZE)).startsWith("128 ");
    }

    @Test
    void theProfileMayBeInDotEnv() throws IOException {
        write("regista-prod.yaml", "regista: {databases: {main: {batch-size: 8}}}");

        assertThat(line(load(SHOP).envFile(write(".env", "REGISTA_PROFILE=prod")), BATCH_SIZE))
                .startsWith("8 ");
    }

    @Test
    void aMisspeltVariableIsAnErrorThatNamesTheNearest() throws IOException {
        assertThat(problems(load(SHOP).environment(Map.of("REGISTA_DATABASES_MAIN_PASWORD", "s3cret"))))
                .containsExactly(
                        "environment variable REGISTA_DATABASES_MAIN_PASWORD: sets no option of a database that"
                                + " is in the configuration; did you mean REGISTA_DATABASES_MAIN_PASSWORD?");
    }

    @Test
    void aVariableOfADatabaseThatIsNotInTheFileIsAnError() throws IOException {
        assertThat(problems(load(SHOP).environment(Map.of("REGISTA_DATABASES_MIAN_URL", "jdbc:h2:mem:x"))))
                .singleElement()
                .asString()
                .endsWith("did you mean REGISTA_DATABASES_MAIN_URL?");
    }

    @Test
    void aMisspeltVariableInDotEnvIsAnError() throws IOException {
        assertThat(problems(load(SHOP).envFile(write(".env", "REGISTA_DATABASES_MAIN_USR=ada"))))
                .singleElement()
                .asString()
                .contains("REGISTA_DATABASES_MAIN_USR")
                .endsWith("did you mean REGISTA_DATABASES_MAIN_USER?");
    }

    @Test
    void aMisspeltVariableOfADatabaseDirectlyBelowThePrefixIsAnError() throws IOException {
        RegistryLoader loader = Regista.load(write("app.yaml", "core_lib: {db: {url: 'jdbc:h2:mem:shop'}}"), "core_lib")
                .environment(Map.of("CORE_LIB_DB_USR", "ada"));

        assertThat(problems(loader)).singleElement().asString().endsWith("did you mean CORE_LIB_DB_USER?");
    }

    @Test
    void variablesOfADatabaseOfAnUnknownKindAreNotCalledMisspelt() throws IOException {
        RegistryLoader loader = load("regista: {databases: {main: {kind: neo5j}}}")
                .environment(Map.of("REGISTA_DATABASES_MAIN_PASSWORD", "s3cret"));

        assertThat(problems(loader)).singleElement().asString().contains("neither a kind of database nor a class");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"REGISTA_TEST_POSTGRES_URL", "REGISTA_HOME", "REGISTA_PROFILES", "REGISTAN_DATABASES_MAIN_X"})
    void anUnrelatedVariableIsNobodysBusiness(String variable) throws IOException {
        assertThat(line(load(SHOP).environment(Map.of(variable, "x")), BATCH_SIZE))
                .startsWith("128 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"regista.test.postgres.url", "regista.home", "regista.profiles", "registan.databases.x.y"})
    void anUnrelatedSystemPropertyIsNobodysBusiness(String property) throws IOException {
        System.setProperty(property, "x");

        assertThat(line(load(SHOP), BATCH_SIZE)).startsWith("128 ");
    }

    @Test
    void anUnrelatedSystemPropertyIsNoDatabaseDirectlyBelowThePrefix() throws IOException {
        System.setProperty("regista.test.postgres.url", "jdbc:h2:mem:x");

        assertThat(load("regista: {main: {url: 'jdbc:h2:mem:shop'}}").build().databases())
                .containsOnlyKeys("main");
    }

    @Test
    void aMisspeltSystemPropertyIsAnErrorThatNamesTheNearest() throws IOException {
        System.setProperty("regista.databases.main.usr", "ada");

        assertThat(problems(load(SHOP)))
                .containsExactly("system property regista.databases.main.usr: regista.databases.main.usr is not an"
                        + " option here; did you mean 'user'?");
    }

    @Test
    void aSystemPropertyAddsNoDatabase() throws IOException {
        System.setProperty("regista.databases.mian.url", "jdbc:h2:mem:other");

        assertThat(problems(load(SHOP)))
                .containsExactly(
                        "system property regista.databases.mian.url: regista.databases.mian sets no option of a"
                                + " database that is in the configuration; did you mean 'main'?");
    }

    @Test
    void thePropertyOfTheProgramAddsNoDatabase() throws IOException {
        assertThat(problems(load(SHOP).property("regista.databases.mian.url", "jdbc:h2:mem:other")))
                .containsExactly(
                        "set by the program: regista.databases.mian sets no option of a database that is in the"
                                + " configuration; did you mean 'main'?");
    }

    @Test
    void aResourceIsReadWithItsVariantForTheProfile() throws IOException {
        write("shop.yaml", SHOP);
        write("shop-prod.yaml", "regista: {databases: {main: {batch-size: 8}}}");

        try (URLClassLoader loader = classPath()) {
            RegistryLoader resource =
                    Regista.loadResource("shop.yaml").classLoader(loader).environment(Map.of());
            assertThat(line(resource, "regista.databases.main.url"))
                    .isEqualTo("jdbc:h2:mem:shop  (classpath:shop.yaml:1)");
            assertThat(line(resource.profile("prod"), BATCH_SIZE)).isEqualTo("8  (classpath:shop-prod.yaml:1)");
        }
    }

    @Test
    void aResourceInAFolderHasItsVariantThere() throws IOException {
        Files.createDirectories(directory.resolve("conf.d"));
        write("conf.d/shop", SHOP);
        write("conf.d/shop-prod", "regista: {databases: {main: {batch-size: 8}}}");

        try (URLClassLoader loader = classPath()) {
            RegistryLoader resource = Regista.loadResource("conf.d/shop")
                    .classLoader(loader)
                    .environment(Map.of())
                    .profile("prod");
            assertThat(line(resource, BATCH_SIZE)).startsWith("8 ");
        }
    }

    @Test
    void aResourceThatIsNotThereIsAnError() {
        assertThat(problems(Regista.loadResource("nowhere.yaml").environment(Map.of())))
                .containsExactly("classpath:nowhere.yaml: there is no such resource on the class path");
    }

    @Test
    void aResourceHasItsOtherPrefix() throws IOException {
        write("shop.yaml", "app: {data: {db: {url: 'jdbc:h2:mem:shop'}}}");

        try (URLClassLoader loader = classPath()) {
            assertThat(Regista.loadResource("shop.yaml", "app.data")
                            .classLoader(loader)
                            .environment(Map.of())
                            .build()
                            .databases())
                    .containsKey("db");
        }
    }

    @Test
    void propertiesAreAConfiguration() {
        RegistryLoader loader = Regista.load(shop()).environment(Map.of());

        assertThat(line(loader, "regista.databases.main.url")).isEqualTo("jdbc:h2:mem:shop  (properties)");
        assertThat(models(loader)).containsExactly(User.class);
    }

    @Test
    void propertiesAreCopied() {
        Properties properties = shop();
        RegistryLoader loader = Regista.load(properties).environment(Map.of());
        properties.clear();

        assertThat(line(loader, "regista.databases.main.url")).startsWith("jdbc:h2:mem:shop");
    }

    @Test
    void propertiesHaveABlockForAProfile() {
        Properties properties = shop();
        properties.setProperty("%prod.regista.databases.main.batch-size", "8");
        RegistryLoader loader = Regista.load(properties).environment(Map.of());

        assertThat(line(loader, BATCH_SIZE)).startsWith("128 ");
        assertThat(line(loader.profile("prod"), BATCH_SIZE)).startsWith("8 ");
    }

    @Test
    void propertiesWithoutAnythingForTheProfileAreAnError() {
        assertThat(problems(Regista.load(shop()).environment(Map.of()).profile("prod")))
                .singleElement()
                .asString()
                .startsWith("properties: there is nothing for the profile 'prod'");
    }

    @Test
    void propertiesHaveTheirOtherPrefix() {
        Properties properties = new Properties();
        properties.setProperty("app.data.db.url", "jdbc:h2:mem:shop");

        assertThat(Regista.load(properties, "app.data")
                        .environment(Map.of())
                        .build()
                        .databases())
                .containsKey("db");
    }

    private static Properties shop() {
        Properties properties = new Properties();
        properties.setProperty("regista.databases.main.url", "jdbc:h2:mem:shop");
        properties.setProperty("regista.databases.main.models[0]", "dev.regista.config.User");
        return properties;
    }

    @Test
    void anAnchorIsMergedIntoABlock() throws IOException {
        String yaml = """
                defaults: &defaults
                  batch-size: 7
                  pool: {size: 3}
                regista:
                  databases:
                    main:
                      <<: *defaults
                      url: jdbc:h2:mem:shop
                """;

        assertThat(line(load(yaml), BATCH_SIZE)).isEqualTo("7  (regista.yaml:2)");
        assertThat(line(load(yaml), "regista.databases.main.pool.size")).startsWith("3 ");
    }

    @Test
    void aBlockOverridesWhatIsMergedIntoIt() throws IOException {
        String yaml = """
                defaults: &defaults {batch-size: 7, log-queries: true}
                regista:
                  databases:
                    main:
                      <<: *defaults
                      url: jdbc:h2:mem:shop
                      batch-size: 8
                """;

        assertThat(line(load(yaml), BATCH_SIZE)).isEqualTo("8  (regista.yaml:7)");
        assertThat(line(load(yaml), "regista.databases.main.log-queries")).isEqualTo("true  (regista.yaml:1)");
    }

    @Test
    void aBlockOverridesWhatIsMergedIntoItBelowIt() throws IOException {
        String yaml = """
                defaults: &defaults {batch-size: 7}
                regista:
                  databases:
                    main:
                      batch-size: 8
                      url: jdbc:h2:mem:shop
                      <<: *defaults
                """;

        assertThat(line(load(yaml), BATCH_SIZE)).isEqualTo("8  (regista.yaml:5)");
    }

    @Test
    void severalAnchorsAreMergedIntoABlockAndTheFirstWins() throws IOException {
        String yaml = """
                a: &a {batch-size: 7}
                b: &b {batch-size: 8, log-queries: true}
                regista: {databases: {main: {<<: [*a, *b], url: 'jdbc:h2:mem:shop'}}}
                """;

        assertThat(line(load(yaml), BATCH_SIZE)).startsWith("7 ");
        assertThat(line(load(yaml), "regista.databases.main.log-queries")).startsWith("true ");
    }

    @Test
    void describeMasksSecretsAndSaysWhereTheyAre() throws IOException {
        RegistryLoader loader = load("""
                        regista:
                          databases:
                            main:
                              url: jdbc:postgresql://ada:s3cret@localhost/shop?password=s3cret
                            extra:
                              url: jdbc:postgresql://localhost/shop
                              user: ada
                              password: s3cret
                              driver-properties: {sslpassword: s3cret}
                        """).environment(Map.of("REGISTA_DATABASES_EXTRA_PASSWORD", "s3cret2"));

        assertThat(loader.describe())
                .contains("regista.databases.extra.password = ***  (environment variable"
                        + " REGISTA_DATABASES_EXTRA_PASSWORD)")
                .contains("regista.databases.extra.driver-properties.sslpassword = ***  (")
                .doesNotContain("s3cret");
    }

    @Test
    void aLoaderReadsItsFileEachTime() throws IOException {
        RegistryLoader loader = load(SHOP);
        Database<?> before = loader.build().main();
        load("regista: {databases: {main: {url: 'jdbc:h2:mem:shop', batch-size: 7}}}");

        assertThat(line(loader, BATCH_SIZE)).startsWith("7 ");
        assertThat(loader.build().main()).isNotSameAs(before);
    }

    @Test
    void theOnlyDatabaseIsTheMainOne() throws IOException {
        Registry registry =
                load("regista: {databases: {db: {url: 'jdbc:h2:mem:shop'}}}").build();

        assertThat(registry.main()).isSameAs(registry.database("db"));
    }

    private URLClassLoader classPath() throws MalformedURLException {
        return new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, Thread.currentThread().getContextClassLoader());
    }

    private RegistryLoader load(String yaml) throws IOException {
        return Regista.load(write("regista.yaml", yaml)).environment(Map.of());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private List<String> problems(RegistryLoader loader) {
        ConfigurationException e = catchThrowableOfType(ConfigurationException.class, loader::build);
        assertThat(e).as("an exception").isNotNull();
        assertThat(e.getMessage()).doesNotContain("s3cret");
        return e.problems().stream().map(this::withoutDirectory).toList();
    }

    /** Returns what describe() says about a key. */
    private String line(RegistryLoader loader, String key) {
        List<String> lines = loader.describe()
                .lines()
                .map(this::withoutDirectory)
                .filter(line -> line.startsWith(key + " = "))
                .toList();
        assertThat(lines).as(key).hasSize(1);
        return lines.get(0).substring(key.length() + 3);
    }

    private String withoutDirectory(String text) {
        return text.replace(directory + "/", "");
    }
}
