package dev.regista.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.regista.ConfigurationException;
import dev.regista.Database;
import dev.regista.Registry;
import dev.regista.object.ObjectDatabase;
import dev.regista.object.ObjectDatabaseBuilder;
import dev.regista.spi.AbstractDatabaseBuilder;
import dev.regista.spi.config.DatabaseKind;
import dev.regista.spi.config.Option;
import dev.regista.spi.config.Values;
import dev.regista.testing.LeakChecker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Databases that several registries have in common. */
@ExtendWith(LeakChecker.class)
class SharedDatabasesTest {
    private static final int THREADS = 16;
    private static final String COUNTED = "regista: {databases: {main: {kind: " + CountedKind.class.getName()
            + ", counter: counter, instance-key: shop}}}";
    private static final String SHOP = "regista: {databases: {main: {url: 'jdbc:h2:mem:shared', instance-key: shop}}}";
    private static final String REFERENCE = "regista: {databases: {main: {instance-key: shop}}}";

    private final SharedDatabases shared = new SharedDatabases();
    private final Counter counter = new Counter();

    @TempDir
    Path directory;

    /** What is opened, with how often it was. */
    public static final class Counter {
        private final AtomicInteger opened = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();

        Counter open() {
            opened.incrementAndGet();
            return this;
        }

        void close() {
            closed.incrementAndGet();
        }
    }

    /** A kind whose databases count. */
    public static final class CountedKind implements DatabaseKind {
        private static final Option<Counter> COUNTER =
                Option.object("counter", Counter.class).required();

        @Override
        public List<Option<?>> options() {
            return List.of(COUNTER);
        }

        @Override
        public ObjectDatabaseBuilder<Counter, Counter> build(Values values) {
            Counter counter = values.get(COUNTER);
            return ObjectDatabase.opening(Counter.class, counter::open).close(Counter::close);
        }
    }

    /** A kind whose databases cannot be built under the key {@code shop}. */
    public static final class FailingKind implements DatabaseKind {
        @Override
        public AbstractDatabaseBuilder<?, ?> build(Values values) {
            return new FailingBuilder();
        }
    }

    private static final class FailingBuilder
            extends AbstractDatabaseBuilder<ObjectDatabase<Object, Object>, FailingBuilder> {
        @Override
        public ObjectDatabase<Object, Object> build(String name) {
            if (name.equals("shop")) {
                throw new ConfigurationException("not under this name");
            }
            return ObjectDatabase.of(new Object()).build(name);
        }

        @Override
        protected FailingBuilder self() {
            return this;
        }
    }

    @Test
    void twoRegistriesHaveTheSameDatabase() throws IOException {
        Registry one = load(SHOP).build();
        Registry other = load(SHOP).build();

        assertThat(one.main())
                .isSameAs(other.main())
                .isSameAs(shared.find("shop").orElseThrow());
        assertThat(one.main().name()).isEqualTo("shop");
        assertThat(shared.keys()).containsExactly("shop");
    }

    @Test
    void twoRegistriesHaveTheSameDatabaseUnderDifferentNames() throws IOException {
        String other = SHOP.replace("main:", "shop:").replace("}}}", "}, main: {url: 'jdbc:h2:mem:other'}}}");

        assertThat(load(SHOP).build().main()).isSameAs(load(other).build().database("shop"));
    }

    @Test
    void aDatabaseIsOpenedOnceAndClosedWithTheLast() throws IOException {
        Registry one = load(COUNTED).open();
        Registry other = load(COUNTED).open();
        one.close();

        assertThat(counter.opened).hasValue(1);
        assertThat(counter.closed).hasValue(0);
        assertThat(other.main().isOpen()).isTrue();

        other.close();

        assertThat(counter.closed).hasValue(1);
    }

    @Test
    void aDatabaseIsBuiltAndOpenedOnceByManyThreads() throws Exception {
        Path file = write(COUNTED);
        CyclicBarrier barrier = new CyclicBarrier(THREADS);

        List<Database<?>> databases = inThreads(() -> {
            RegistryLoader loader = load(file);
            barrier.await();
            try (Registry registry = loader.open()) {
                barrier.await();
                return registry.main();
            }
        });

        Set<Database<?>> different = Collections.newSetFromMap(new IdentityHashMap<>());
        different.addAll(databases);
        assertThat(databases).hasSize(THREADS);
        assertThat(different).hasSize(1);
        assertThat(counter.opened).hasValue(1);
        assertThat(counter.closed).hasValue(1);
    }

    @Test
    void ofManyThreadsWithDifferentConfigurationsOneGetsTheKey() throws Exception {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            files.add(Files.writeString(directory.resolve(i + ".yaml"), SHOP.replace("shared", "shared" + i)));
        }
        CyclicBarrier barrier = new CyclicBarrier(THREADS);
        AtomicInteger next = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();

        List<Database<?>> databases = inThreads(() -> {
            RegistryLoader loader = load(files.get(next.getAndIncrement()));
            barrier.await();
            try {
                return loader.build().main();
            } catch (ConfigurationException e) {
                refused.incrementAndGet();
                return shared.find("shop").orElseThrow();
            }
        });

        assertThat(refused).hasValue(THREADS - 1);
        assertThat(databases).containsOnly(shared.find("shop").orElseThrow());
    }

    @Test
    void aDifferentConfigurationUnderTheSameKeyIsAnErrorAndChangesNothing() throws IOException {
        Database<?> database = load(SHOP).build().main();
        Path other = Files.writeString(directory.resolve("other.yaml"), SHOP.replace("shared", "other"));

        assertThat(problems(load(other)))
                .containsExactly(
                        "other.yaml:1: regista.databases.main has the instance-key 'shop' of another configuration"
                                + " (regista.yaml:1); the two must be equal, or one of them nothing but the key");
        assertThat(shared.find("shop")).containsSame(database);
        assertThat(load(SHOP).build().main()).isSameAs(database);
    }

    @Test
    void aDifferentPasswordIsADifferentConfigurationAndInNoMessage() throws IOException {
        String yaml =
                "regista: {databases: {main: {url: 'jdbc:h2:mem:shared', user: ada, password: %s, instance-key: shop}}}";
        load(yaml.formatted("s3cret1")).build();

        assertThat(problems(load(yaml.formatted("s3cret2"))))
                .singleElement()
                .asString()
                .contains("has the instance-key 'shop' of another configuration")
                .doesNotContain("s3cret");
        assertThat(shared.toString()).doesNotContain("s3cret");
    }

    @Test
    void aDifferentVariableIsADifferentConfiguration() throws IOException {
        load(SHOP).build();

        assertThat(problems(load(SHOP).environment(Map.of("REGISTA_DATABASES_MAIN_USER", "ada"))))
                .hasSize(1);
    }

    @Test
    void differentModelsOfTheProgramAreADifferentConfiguration() throws IOException {
        load(SHOP).models("main", User.class).build();

        assertThat(problems(load(SHOP))).hasSize(1);
    }

    @Test
    void aDifferentSchemaOfTheRegistryIsADifferentConfiguration() throws IOException {
        load(SHOP.replace("{databases", "{schema: sales, databases")).build();

        assertThat(problems(load(SHOP))).hasSize(1);
    }

    @Test
    void theSpellingAndTheOrderMakeNoDifferentConfiguration() throws IOException {
        String yaml = "regista: {databases: {main: {%s, instance-key: shop}}}";
        Database<?> one = load(yaml.formatted("url: 'jdbc:h2:mem:shared', create_db: no"))
                .build()
                .main();

        assertThat(load(yaml.formatted("create-tables: no, url: 'jdbc:h2:mem:shared'"))
                        .build()
                        .main())
                .isSameAs(one);
    }

    @Test
    void theDefaultMarkMakesNoDifferentConfiguration() throws IOException {
        Database<?> database = load(SHOP).build().main();

        assertThat(load(SHOP.replace("instance-key", "default: true, instance-key"))
                        .build()
                        .main())
                .isSameAs(database);
    }

    @Test
    void aBlockWithOnlyTheKeyRefersToTheDatabase() throws IOException {
        Database<?> database = load(SHOP).build().main();

        assertThat(load(REFERENCE).build().main()).isSameAs(database);
        assertThat(load(REFERENCE.replace("instance-key", "instance_key"))
                        .build()
                        .main())
                .isSameAs(database);
        assertThat(load(REFERENCE.replace("{instance-key", "{default: true, instance-key"))
                        .build()
                        .main())
                .isSameAs(database);
    }

    @Test
    void anUnknownKeySaysWhatThereIs() throws IOException {
        load(SHOP.replace("instance-key: shop", "instance-key: articles")).build();

        assertThat(problems(load(REFERENCE)))
                .containsExactly(
                        "regista.yaml:1: regista.databases.main has nothing but the instance-key 'shop', and no"
                                + " database has it yet; there are: articles");
    }

    @Test
    void aMisspeltKeySaysWhatIsNear() throws IOException {
        load(SHOP).build();

        assertThat(problems(load(REFERENCE.replace("shop", "shpo"))))
                .singleElement()
                .asString()
                .endsWith("did you mean 'shop'?");
    }

    @Test
    void aReferenceTakesNoModels() throws IOException {
        load(SHOP).build();

        assertThat(problems(load(REFERENCE).models("main", User.class)))
                .singleElement()
                .asString()
                .endsWith("only refers to a shared database, so that no models can be added to it");
    }

    @Test
    void aReferenceTakesNoSchema() throws IOException {
        load(SHOP).build();

        assertThat(problems(load(REFERENCE.replace("{databases", "{schema: sales, databases"))))
                .singleElement()
                .asString()
                .endsWith("only refers to a shared database, so that the registry's schema cannot be its own");
    }

    @Test
    void aFileMayHaveAReferenceToWhatItDeclaresAfterIt() throws IOException {
        Registry registry = load("""
                        regista:
                          databases:
                            reports: {instance-key: shop}
                            main: {url: 'jdbc:h2:mem:shared', instance-key: shop}
                        """).models("main", User.class).build();

        assertThat(registry.database("reports")).isSameAs(registry.main());
        assertThat(registry.databaseOf(User.class)).isSameAs(registry.main());
    }

    @Test
    void aFileMayHaveAReferenceToWhatItDeclaresBeforeIt() throws IOException {
        Registry registry = load("""
                        regista:
                          databases:
                            main: {url: 'jdbc:h2:mem:shared', instance-key: shop}
                            reports: {instance-key: shop}
                        """).build();

        assertThat(registry.database("reports")).isSameAs(registry.main());
    }

    @Test
    void aFileMayHaveAReferenceBesideADatabaseOfItsOwn() throws IOException {
        Database<?> database = load(SHOP).build().main();
        Registry registry = load("""
                        regista:
                          databases:
                            main: {url: 'jdbc:h2:mem:own'}
                            reports: {instance-key: shop}
                        """).build();

        assertThat(registry.database("reports")).isSameAs(database).isNotSameAs(registry.main());
    }

    @Test
    void twoDifferentBlocksWithOneKeyInOneFileAreAnErrorAndTheKeyStaysFree() throws IOException {
        assertThat(problems(load("""
                        regista:
                          databases:
                            main: {url: 'jdbc:h2:mem:shared', instance-key: shop}
                            reports: {url: 'jdbc:h2:mem:other', instance-key: shop}
                        """)))
                .containsExactly("regista.yaml:4: regista.databases.reports has the instance-key 'shop' of another"
                        + " configuration (regista.yaml:3); the two must be equal, or one of them nothing but the key");
        assertThat(shared.keys()).isEmpty();
    }

    @Test
    void aFileWithAMistakeLeavesTheKeyFree() throws IOException {
        problems(load(SHOP.replace("}}}", "}, extra: {url: 'jdbc:h2:mem:extra', usr: ada}}}")));

        assertThat(shared.keys()).isEmpty();
        assertThat(load(SHOP).build().main()).isSameAs(shared.find("shop").orElseThrow());
    }

    @Test
    void aBuildThatFailsLeavesTheKeyFree() throws IOException {
        String failing =
                "regista: {databases: {main: {kind: " + FailingKind.class.getName() + ", instance-key: shop}}}";

        assertThat(problems(load(failing))).singleElement().asString().contains("not under this name");
        assertThat(shared.keys()).isEmpty();
        load(SHOP).build();
        assertThat(shared.keys()).containsExactly("shop");
    }

    @Test
    void aLookAtTheConfigurationLeavesTheKeyFree() throws IOException {
        assertThat(load(SHOP).describe()).contains("instance-key = shop");
        assertThat(shared.keys()).isEmpty();
    }

    @Test
    void aForgottenKeyIsFreeAndItsDatabaseStaysWhereItIs() throws IOException {
        Registry one = load(SHOP).build();
        Database<?> before = one.main();

        assertThat(shared.forget("shop")).isTrue();
        assertThat(shared.forget("shop")).isFalse();
        assertThat(shared.find("shop")).isEmpty();
        assertThat(one.main()).isSameAs(before);
        assertThat(load(SHOP.replace("shared", "other")).build().main()).isNotSameAs(before);
    }

    @Test
    void withoutSharingNothingIsShared() throws IOException {
        Path file = write(SHOP);

        assertThat(Regista.load(file).environment(Map.of()).build().main())
                .isNotSameAs(Regista.load(file).environment(Map.of()).build().main());
    }

    @Test
    void withoutAKeyNothingIsShared() throws IOException {
        String yaml = SHOP.replace(", instance-key: shop", "");

        assertThat(load(yaml).build().main()).isNotSameAs(load(yaml).build().main());
        assertThat(shared.keys()).isEmpty();
    }

    @Test
    void theConfigurationOfTheCallerStaysAsItIs() throws IOException {
        RegistryLoader loader = load(SHOP);

        assertThat(loader.build().main()).isSameAs(loader.build().main());
    }

    private static <T> List<T> inThreads(Callable<T> task) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(Collections.nCopies(THREADS, task))) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdown();
        }
    }

    private List<String> problems(RegistryLoader loader) {
        ConfigurationException e = catchThrowableOfType(ConfigurationException.class, loader::build);
        assertThat(e).as("an exception").isNotNull();
        return e.problems().stream()
                .map(problem -> problem.replace(directory + "/", ""))
                .toList();
    }

    private RegistryLoader load(String yaml) throws IOException {
        return load(write(yaml));
    }

    private RegistryLoader load(Path file) {
        return Regista.load(file)
                .environment(Map.of())
                .provide("counter", counter)
                .sharing(shared);
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("regista.yaml"), yaml);
    }
}
