package dev.regista.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.regista.ConfigurationException;
import dev.regista.Isolation;
import dev.regista.Registry;
import dev.regista.Secret;
import dev.regista.callback.Hook;
import dev.regista.object.ObjectDatabase;
import dev.regista.spi.AbstractDatabaseBuilder;
import dev.regista.spi.config.DatabaseKind;
import dev.regista.spi.config.Kind;
import dev.regista.spi.config.Option;
import dev.regista.spi.config.Values;
import dev.regista.testing.LeakChecker;
import jakarta.persistence.Embeddable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that a configuration asks for: kinds of databases, what they are made of, hooks. */
@ExtendWith(LeakChecker.class)
class PartsTest {
    /** What the classes below did, in order. */
    private static final List<String> DONE = new ArrayList<>();

    @TempDir
    Path directory;

    /** Something that a machine is made of. */
    public interface Gear {
        String text();
    }

    /** A gear, with the gears in it. */
    public record Wheel(int teeth, List<Gear> inner) implements Gear {
        @Override
        public String text() {
            return teeth + inner.stream().map(Gear::text).toList().toString();
        }
    }

    /** What the database below opens. */
    public record Machine(
            String text,
            int number,
            boolean flag,
            Duration duration,
            Isolation choice,
            String secret,
            Map<String, String> table,
            List<String> gears) {}

    /** A kind with an option of each type. */
    public static final class MachineKind implements DatabaseKind {
        private static final Option<String> TEXT = Option.text("text");
        private static final Option<Integer> NUMBER =
                Option.number("block.number").alias("number");
        private static final Option<Boolean> FLAG = Option.flag("flag");
        private static final Option<Duration> DURATION = Option.duration("duration");
        private static final Option<Isolation> CHOICE = Option.choice("choice", Isolation.class);
        private static final Option<Secret> SECRET = Option.secret("secret");
        private static final Option<Map<String, String>> TABLE = Option.table("table");
        private static final Option<Gear> GEAR = Option.object("gear", Gear.class);
        private static final Option<List<Gear>> GEARS = Option.objects("gears", Gear.class);

        @Override
        public List<Option<?>> options() {
            return List.of(TEXT, NUMBER, FLAG, DURATION, CHOICE, SECRET, TABLE, GEAR, GEARS);
        }

        @Override
        public AbstractDatabaseBuilder<?, ?> build(Values values) {
            DONE.add("machine");
            List<Gear> gears = new ArrayList<>(values.find(GEARS).orElse(List.of()));
            values.ifSet(GEAR, gear -> gears.add(0, gear));
            return ObjectDatabase.of(new Machine(
                    values.find(TEXT).orElse(""),
                    values.find(NUMBER).orElse(0),
                    values.find(FLAG).orElse(false),
                    values.find(DURATION).orElse(Duration.ZERO),
                    values.find(CHOICE).orElse(Isolation.READ_COMMITTED),
                    values.find(SECRET).map(Secret::reveal).orElse(""),
                    values.find(TABLE).orElse(Map.of()),
                    gears.stream().map(Gear::text).toList()));
        }
    }

    /** A kind of gears. */
    public static final class WheelKind implements Kind<Gear> {
        private static final Option<Integer> TEETH = Option.number("teeth");
        private static final Option<List<Gear>> INNER = Option.objects("inner", Gear.class);

        @Override
        public List<Option<?>> options() {
            return List.of(TEETH, INNER);
        }

        @Override
        public Gear build(Values values) {
            int teeth = values.find(TEETH).orElse(12);
            if (teeth < 3) {
                throw new ConfigurationException(List.of("a wheel needs three teeth", "and an axle"));
            }
            DONE.add("wheel " + teeth);
            return new Wheel(teeth, values.find(INNER).orElse(List.of()));
        }
    }

    /** A kind of something else. */
    public static final class TextKind implements Kind<String> {
        @Override
        public String build(Values values) {
            return "s3cret";
        }
    }

    /** A kind that builds nothing. */
    public static final class NothingKind implements DatabaseKind {
        @Override
        public AbstractDatabaseBuilder<?, ?> build(Values values) {
            return null;
        }
    }

    /** A kind of databases that refuses. */
    public static final class RefusingKind implements DatabaseKind {
        @Override
        public AbstractDatabaseBuilder<?, ?> build(Values values) {
            throw new ConfigurationException(List.of("it is too big", "it is too old"));
        }
    }

    /** A class that must not run. */
    @Embeddable
    public static final class Stranger {
        static {
            DONE.add("stranger initialised");
        }

        public Stranger() {
            DONE.add("stranger made");
        }
    }

    static final class HiddenHook implements Hook<Object> {
        @Override
        public void run(Object subject) {}
    }

    /** A hook that is abstract. */
    public abstract static class AbstractHook implements Hook<Object> {}

    /** A hook with a parameter. */
    public static final class HookOf implements Hook<Object> {
        public HookOf(String text) {
            DONE.add(text);
        }

        @Override
        public void run(Object subject) {}
    }

    /** A hook with a constructor of its own. */
    public static final class PrivateHook implements Hook<Object> {
        private PrivateHook() {}

        @Override
        public void run(Object subject) {}
    }

    /** A hook that cannot be made. */
    public static final class ThrowingHook implements Hook<Object> {
        public ThrowingHook() {
            throw new IllegalStateException("s3cret");
        }

        @Override
        public void run(Object subject) {}
    }

    /** A hook whose class cannot be initialised. */
    public static final class BrokenHook implements Hook<Object> {
        private static final int NUMBER = Integer.parseInt("s3cret");

        @Override
        public void run(Object subject) {
            DONE.add("number " + NUMBER);
        }
    }

    /** A hook by class. */
    public static final class Greeter implements Hook<Object> {
        @Override
        public void run(Object subject) {
            DONE.add("hello");
        }
    }

    @BeforeEach
    void nothingIsDone() {
        DONE.clear();
    }

    @Test
    void aKindNamedByItsClassGetsAValueOfEachType() throws IOException {
        assertThat(machine("""
                        text: "ağ ${NAME:x}"
                        block: {number: 7}
                        flag: yes
                        duration: 2m
                        choice: serializable
                        secret: s3cret
                        table: {a_b: 1, c: {d: 2, E: x}}
                        gear: WHEEL
                        gears:
                          - WHEEL
                          - kind: WHEEL
                            teeth: 5
                          - steel
                        """))
                .isEqualTo(new Machine(
                        "ağ x",
                        7,
                        true,
                        Duration.ofMinutes(2),
                        Isolation.SERIALIZABLE,
                        "s3cret",
                        Map.of("a_b", "1", "c.d", "2", "c.E", "x"),
                        List.of("12[]", "12[]", "5[]", "1[]")));
    }

    @Test
    void aKindWithoutAnythingGetsNothing() throws IOException {
        assertThat(machine(""))
                .isEqualTo(new Machine("", 0, false, Duration.ZERO, Isolation.READ_COMMITTED, "", Map.of(), List.of()));
    }

    @Test
    void variablesSetOptionsOfAKind() throws IOException {
        RegistryLoader loader = load(main("text: a"))
                .environment(Map.of(
                        "REGISTA_DATABASES_MAIN_TEXT",
                        "b",
                        "REGISTA_DATABASES_MAIN_BLOCK_NUMBER",
                        "8",
                        "REGISTA_DATABASES_MAIN_SECRET",
                        "s3cret"));

        assertThat(machine(loader)).extracting("text", "number", "secret").containsExactly("b", 8, "s3cret");
    }

    @Test
    void aVariableSetsAnOptionOfANestedBlock() throws IOException {
        RegistryLoader loader =
                load(main("gear: {kind: WHEEL}")).environment(Map.of("REGISTA_DATABASES_MAIN_GEAR_TEETH", "9"));

        assertThat(machine(loader).gears()).containsExactly("9[]");
    }

    @Test
    void aVariableWithCommasReplacesAListOfBlocks() throws IOException {
        RegistryLoader loader = load(main("gears: [{kind: WHEEL, teeth: 5}, {kind: WHEEL, teeth: 6}]"))
                .environment(Map.of("REGISTA_DATABASES_MAIN_GEARS", "steel, " + WheelKind.class.getName()));

        assertThat(machine(loader).gears()).containsExactly("1[]", "12[]");
    }

    @Test
    void aShorterListOfAStrongerSourceReplacesAListOfBlocks() throws IOException {
        Files.writeString(directory.resolve("regista-prod.yaml"), "regista: {databases: {main: {gears: [steel]}}}");

        assertThat(machine(load(main("gears: [{kind: WHEEL, teeth: 5}, {kind: WHEEL}]"))
                                .profile("prod"))
                        .gears())
                .containsExactly("1[]");
    }

    @Test
    void aVariableWithANameReplacesABlock() throws IOException {
        RegistryLoader loader =
                load(main("gear: {kind: WHEEL, teeth: 5}")).environment(Map.of("REGISTA_DATABASES_MAIN_GEAR", "steel"));

        assertThat(machine(loader).gears()).containsExactly("1[]");
    }

    @Test
    void aBlockOfAStrongerSourceReplacesAName() throws IOException {
        Files.writeString(
                directory.resolve("regista-prod.yaml"),
                "regista: {databases: {main: {gear: {kind: '" + WheelKind.class.getName() + "', teeth: 5}}}}");

        assertThat(machine(load(main("gear: steel")).profile("prod")).gears()).containsExactly("5[]");
    }

    @Test
    void aSystemPropertyOfAnElementKeepsTheOthers() throws IOException {
        RegistryLoader loader = load(main("gears: [{kind: WHEEL, teeth: 5}, {kind: WHEEL}]"))
                .property("regista.databases.main.gears[1].teeth", "6");

        assertThat(machine(loader).gears()).containsExactly("5[]", "6[]");
    }

    @Test
    void nestedBlocksAreBuiltFirst() throws IOException {
        machine("gear: {kind: WHEEL, teeth: 5, inner: [{kind: WHEEL, teeth: 4, inner: [{kind: WHEEL, teeth: 3}]}]}");

        assertThat(DONE).containsExactly("wheel 3", "wheel 4", "wheel 5", "machine");
    }

    @Test
    void nestedBlocksAreHandedOverAsObjects() throws IOException {
        assertThat(machine("gear: {kind: WHEEL, teeth: 5, inner: [{kind: WHEEL, teeth: 4}, WHEEL]}")
                        .gears())
                .containsExactly("5[4[], 12[]]");
    }

    @Test
    void whatTheProgramProvidesWinsOverAClassOfTheSameName() throws IOException {
        RegistryLoader loader = load(main("gear: WHEEL")).provide(WheelKind.class.getName(), new Wheel(7, List.of()));

        assertThat(machine(loader).gears()).containsExactly("7[]");
    }

    @Test
    void aProvidedObjectOfAnotherTypeIsAnErrorThatNamesBoth() throws IOException {
        assertThat(problems(load(main("gear: text")).provide("text", "s3cret")))
                .containsExactly("regista.yaml:6: regista.databases.main.gear names what the program provides, a"
                        + " java.lang.String, but it must be a dev.regista.config.PartsTest$Gear");
    }

    @Test
    void aProvidedObjectOfAnotherTypeInAListIsAnErrorThatNamesBoth() throws IOException {
        assertThat(problems(load(main("gears: [steel, text]")).provide("text", "s3cret")))
                .containsExactly("regista.yaml:6: regista.databases.main.gears[1] names what the program provides, a"
                        + " java.lang.String, but it must be a dev.regista.config.PartsTest$Gear");
    }

    @Test
    void aProvidedSecretOfAnotherTypeIsAnErrorThatNamesBoth() throws IOException {
        assertThat(problems(load(main("secret-from: text")).provide("text", "s3cret")))
                .containsExactly("regista.yaml:6: regista.databases.main.secret-from names what the program provides, a"
                        + " java.lang.String, but it must be a dev.regista.Secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gear: TEXT", "gear: {kind: TEXT}", "gears: TEXT", "gear: {kind: WHEEL, inner: [TEXT]}"})
    void aKindOfAnotherTypeIsAnErrorThatNamesBoth(String yaml) throws IOException {
        assertThat(problems(load(main(yaml))))
                .singleElement()
                .asString()
                .startsWith("regista.yaml:6: regista.databases.main.gear")
                .endsWith(" must be a dev.regista.config.PartsTest$Gear, not a java.lang.String");
    }

    @Test
    void aHookInPlaceOfAnotherObjectIsAnErrorThatNamesBoth() throws IOException {
        assertThat(problems(load(main("gear: dev.regista.config.PartsTest$Greeter"))))
                .singleElement()
                .asString()
                .endsWith(" must be a dev.regista.config.PartsTest$Gear, not a dev.regista.config.PartsTest$Greeter");
    }

    @Test
    void aKindOfGearsIsNoKindOfDatabase() throws IOException {
        assertThat(problems(load("regista: {databases: {main: {kind: " + WheelKind.class.getName() + "}}}")))
                .containsExactly("regista.yaml:1: regista.databases.main.kind must name a class that implements"
                        + " dev.regista.spi.config.DatabaseKind; dev.regista.config.PartsTest$WheelKind does not");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gear: STRANGER",
                "gears: [STRANGER]",
                "gears: STRANGER",
                "gear: {kind: STRANGER}",
                "gears: [{kind: STRANGER}]",
                "on-open: STRANGER",
                "on-close: [STRANGER]"
            })
    void aClassThatIsNoKindIsNeitherInitialisedNorMade(String yaml) throws IOException {
        assertThat(problems(load(main(yaml))))
                .singleElement()
                .asString()
                .contains(" must name a class that implements dev.regista.spi.config.Kind")
                .endsWith("; dev.regista.config.PartsTest$Stranger does not");
        assertThat(DONE).isEmpty();
    }

    @Test
    void aClassThatIsNoKindOfDatabaseIsNeitherInitialisedNorMade() throws IOException {
        problems(load("regista: {databases: {main: {kind: " + Stranger.class.getName() + "}}}"));

        assertThat(DONE).isEmpty();
    }

    @Test
    void aClassThatIsListedAsModelIsNotInitialised() throws IOException {
        load("regista: {databases: {main: {url: 'jdbc:h2:mem:x', models: [" + Stranger.class.getName() + "]}}}")
                .builder();

        assertThat(DONE).isEmpty();
    }

    @Test
    void aClassThatIsNotThereIsAnError() throws IOException {
        assertThat(problems(load(main("gear: dev.regista.Nowhere"))))
                .containsExactly("regista.yaml:6: regista.databases.main.gear names no class that is on the class path:"
                        + " 'dev.regista.Nowhere'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HiddenHook", "AbstractHook", "HookOf", "PrivateHook"})
    void aClassThatCannotBeMadeIsAnError(String name) throws IOException {
        assertThat(problems(load(main("on-open: dev.regista.config.PartsTest$" + name))))
                .containsExactly("regista.yaml:6: regista.databases.main.on-open names dev.regista.config.PartsTest$"
                        + name + ", which is not a public class with a public constructor without parameters");
        assertThat(DONE).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev.regista.callback.Hook", "dev.regista.spi.config.Kind"})
    void anInterfaceIsNoClass(String name) throws IOException {
        assertThat(problems(load(main("on-open: " + name))))
                .singleElement()
                .asString()
                .endsWith(", which is not a public class with a public constructor without parameters");
    }

    @Test
    void aConstructorThatThrowsIsAnErrorWithoutItsMessage() throws IOException {
        assertThat(problems(load(main("on-open: " + ThrowingHook.class.getName()))))
                .containsExactly("regista.yaml:6: regista.databases.main.on-open names"
                        + " dev.regista.config.PartsTest$ThrowingHook, whose constructor threw"
                        + " java.lang.IllegalStateException");
    }

    @Test
    void aClassThatCannotBeInitialisedIsAnErrorThatSaysSo() throws IOException {
        assertThat(problems(load(main("on-open: " + BrokenHook.class.getName()))))
                .containsExactly("regista.yaml:6: regista.databases.main.on-open names"
                        + " dev.regista.config.PartsTest$BrokenHook, which cannot be initialised:"
                        + " java.lang.ExceptionInInitializerError");
    }

    @ParameterizedTest
    @ValueSource(strings = {"regista", "main"})
    void hooksRunInOrderAndOnCloseInReverse(String of) throws IOException {
        String greeter = Greeter.class.getName();
        String hooks = "{on-open: [a, " + greeter + ", b], on-close: [a, " + greeter + ", b], ";
        String yaml = "regista: {databases: {main: {kind: " + MachineKind.class.getName() + "}}}";
        RegistryLoader loader = load(yaml.replace(of + ": {", of + ": " + hooks));

        loader.provide("a", hook("a")).provide("b", hook("b")).open().close();

        assertThat(DONE).containsExactly("machine", "a", "hello", "b", "b", "hello", "a");
    }

    @Test
    void hooksMayBeATextWithCommas() throws IOException {
        RegistryLoader loader =
                load(main("on-open: a, b")).provide("a", hook("a")).provide("b", hook("b"));

        loader.open().close();

        assertThat(DONE).containsExactly("machine", "a", "b");
    }

    @Test
    void hooksOfTheRegistryRunAfterThoseOfItsDatabasesHaveOpened() throws IOException {
        String yaml = main("on-open: a").replace("regista:\n", "regista:\n  on-open: b\n");

        load(yaml).provide("a", hook("a")).provide("b", hook("b")).open().close();

        assertThat(DONE).containsExactly("machine", "a", "b");
    }

    @Test
    void aHookGetsTheRegistry() throws IOException {
        List<Object> subjects = new ArrayList<>();
        Hook<Registry> hook = subjects::add;
        RegistryLoader loader = load(main("text: x").replace("regista:\n", "regista:\n  on-open: a\n"));

        try (Registry registry = loader.provide("a", hook).open()) {
            assertThat(subjects).containsExactly(registry);
        }
    }

    @Test
    void anUnknownKeyInANestedBlockIsAnErrorThatNamesTheNearest() throws IOException {
        assertThat(problems(load(main("gear:\n        kind: WHEEL\n        teht: 5"))))
                .containsExactly("regista.yaml:8: regista.databases.main.gear.teht is not an option here; did you mean"
                        + " 'teeth'?");
    }

    @Test
    void anUnknownKeyInAnElementIsAnErrorThatNamesTheNearest() throws IOException {
        assertThat(problems(load(main("gears:\n        - steel\n        - kind: WHEEL\n          teht: 5"))))
                .containsExactly(
                        "regista.yaml:9: regista.databases.main.gears[1].teht is not an option here; did you mean"
                                + " 'teeth'?");
    }

    @Test
    void aWrongValueInANestedBlockIsAnErrorWithItsLine() throws IOException {
        assertThat(problems(load(main("gear:\n        kind: WHEEL\n        teeth: many"))))
                .containsExactly(
                        "regista.yaml:8: regista.databases.main.gear.teeth must be a whole number, such as 10, not"
                                + " a text of 4 characters (letters)");
    }

    @Test
    void aNestedBlockWithoutAKindIsAnError() throws IOException {
        assertThat(problems(load(main("gear: {teeth: 5}"))))
                .containsExactly("regista.yaml:6: regista.databases.main.gear has no kind: the name of the class that"
                        + " builds it");
    }

    @Test
    void aNestedKindThatRefusesIsReportedWithFileAndLine() throws IOException {
        assertThat(problems(load(main("gear:\n        teeth: 2\n        kind: WHEEL"))))
                .containsExactly(
                        "regista.yaml:8: regista.databases.main.gear: a wheel needs three teeth",
                        "regista.yaml:8: regista.databases.main.gear: and an axle");
    }

    @Test
    void aKindThatRefusesIsReportedWithFileAndLine() throws IOException {
        assertThat(problems(load("regista:\n  databases:\n    main:\n      kind: " + RefusingKind.class.getName())))
                .containsExactly(
                        "regista.yaml:3: regista.databases.main: it is too big",
                        "regista.yaml:3: regista.databases.main: it is too old");
    }

    @Test
    void aKindThatBuildsNothingIsReported() throws IOException {
        assertThat(problems(load("regista:\n  databases:\n    main:\n      kind: " + NothingKind.class.getName())))
                .containsExactly("regista.yaml:3: regista.databases.main: its kind has built nothing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x: {y: 1}            | regista.yaml: there is no 'a.b.c'; at the top there are: x",
                "a: {x: {y: 1}, z: 2} | regista.yaml:1: there is no 'a.b.c'; in a there are: x, z",
                "a: {b: {x: 1, z: 2}} | regista.yaml:1: there is no 'a.b.c'; in a.b there are: x, z",
                "a.b: {x: 1}          | regista.yaml:1: there is no 'a.b.c'; in a.b there are: x",
                "a: {b: 5}            | regista.yaml:1: there is no 'a.b.c'"
            })
    void aPrefixThatIsNotThereSaysWhatIs(String yaml, String problem) throws IOException {
        assertThat(problems(Regista.load(write(yaml), "a.b.c").environment(Map.of())))
                .containsExactly(problem);
    }

    @Test
    void aPrefixOfThreeSegmentsIsFound() throws IOException {
        Path file = write("a: {b: {c: {db: {url: 'jdbc:h2:mem:x'}}}}");

        assertThat(Regista.load(file, "a.b.c").environment(Map.of()).build().databases())
                .containsKey("db");
    }

    @Test
    void anEmptyPrefixIsTheWholeFile() throws IOException {
        Path file = write("db: {url: 'jdbc:h2:mem:x'}");

        assertThat(Regista.load(file, "").environment(Map.of()).build().databases())
                .containsKey("db");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n", "{}", "null"})
    void anEmptyFileHasNoRegistry(String yaml) throws IOException {
        assertThat(problems(load(yaml))).containsExactly("regista.yaml: there is no 'regista'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"regista:", "regista: {}", "regista:\n  # databases:\n"})
    void anEmptyBlockHasNoDatabases(String yaml) throws IOException {
        assertThat(problems(load(yaml))).containsExactly("regista.yaml:1: regista has no databases");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"regista:\n  databases:", "regista:\n  databases: {}", "regista:\n  databases:\n    # main:\n"})
    void anEmptyBlockOfDatabasesHasNone(String yaml) throws IOException {
        assertThat(problems(load(yaml))).containsExactly("regista.yaml:2: regista.databases has no databases");
    }

    @Test
    void aTextInPlaceOfDatabasesIsAnError() throws IOException {
        assertThat(problems(load("regista:\n  databases: s3cret")))
                .containsExactly("regista.yaml:2: regista.databases must be a block of named databases, not a text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"main:", "main: {}", "main:\n      # url: x\n"})
    void anEmptyDatabaseHasNoKind(String yaml) throws IOException {
        assertThat(problems(load("regista:\n  databases:\n    " + yaml)))
                .containsExactly("regista.yaml:3: regista.databases.main has neither a kind nor a url that implies one;"
                        + " there are the kinds: sql");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pool:", "pool: {}", "models: []", "driver-properties:", "on-open:", "user: "})
    void anEmptyBlockInADatabaseSaysNothing(String yaml) throws IOException {
        String file = "regista:\n  databases:\n    main:\n      url: jdbc:h2:mem:x\n      " + yaml;

        assertThat(load(file).build().databases()).containsKey("main");
    }

    private static Hook<Object> hook(String name) {
        return subject -> DONE.add(name);
    }

    /** A file whose sixth line is the first of these. */
    private static String main(String yaml) {
        return "regista:\n  databases:\n    main:\n      kind: " + MachineKind.class.getName()
                + "\n      # a machine\n      "
                + yaml.replace("WHEEL", WheelKind.class.getName())
                        .replace("TEXT", TextKind.class.getName())
                        .replace("STRANGER", Stranger.class.getName())
                + "\n";
    }

    private Machine machine(String yaml) throws IOException {
        return machine(load(main(yaml.indent(6).strip())));
    }

    private static Machine machine(RegistryLoader loader) {
        try (Registry registry = loader.open()) {
            ObjectDatabase<?, ?> database = registry.main(ObjectDatabase.class);
            return (Machine) database.object();
        }
    }

    private List<String> problems(RegistryLoader loader) {
        ConfigurationException e = catchThrowableOfType(ConfigurationException.class, loader::build);
        assertThat(e).as("an exception").isNotNull();
        assertThat(e.getMessage()).doesNotContain("s3cret");
        return e.problems().stream()
                .map(problem -> problem.replace(directory + "/", ""))
                .toList();
    }

    private RegistryLoader load(String yaml) throws IOException {
        return Regista.load(write(yaml)).environment(Map.of()).provide("steel", new Wheel(1, List.of()));
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("regista.yaml"), yaml);
    }
}
