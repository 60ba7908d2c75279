package dev.regista.docs;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/**
 * The rules of the architecture, over the classes of every module.
 *
 * <p>Main classes come from the class path. Test classes of the other modules are on nobody's class path, so they are
 * read from their {@code target/test-classes}: run this in a build that has compiled them, as {@code mvn verify} does.
 */
class ArchitectureTest {

    private static final DescribedPredicate<JavaClass> BASE =
            resideInAnyPackage("java..", "org.jspecify..", "org.slf4j..");
    private static final DescribedPredicate<JavaClass> TESTING = resideInAPackage("dev.regista.testing..");
    private static final DescribedPredicate<JavaClass> SQL = resideInAPackage("dev.regista.sql..");
    private static final DescribedPredicate<JavaClass> SOLR = resideInAPackage("dev.regista.solr..");
    private static final DescribedPredicate<JavaClass> NEO4J = resideInAPackage("dev.regista.neo4j..");
    private static final DescribedPredicate<JavaClass> MIGRATIONS = resideInAPackage("dev.regista.migrations..");
    private static final DescribedPredicate<JavaClass> CONFIG = resideInAPackage("dev.regista.config..");
    private static final DescribedPredicate<JavaClass> CLI = resideInAPackage("dev.regista.cli..");
    private static final DescribedPredicate<JavaClass> SERVLET = resideInAPackage("dev.regista.servlet..");
    // What is left is core, so a module that is not named here is held to the rules of core.
    private static final DescribedPredicate<JavaClass> CORE = resideInAPackage("dev.regista..")
            .and(not(SQL))
            .and(not(SOLR))
            .and(not(NEO4J))
            .and(not(CONFIG))
            .and(not(MIGRATIONS))
            .and(not(SERVLET))
            .and(not(CLI))
            .and(not(TESTING))
            .as("belong to core");
    // By its name: its supertype is not on this class path, as in most applications.
    private static final DescribedPredicate<JavaClass> ACCESSOR = describe(
            "the accessor for snapshots",
            type -> type.getName().equals("dev.regista.routing.RoutingThreadLocalAccessor"));

    // Surefire sets basedir; an IDE starts tests in the module.
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.regista");
    private static final JavaClasses TESTS = new ClassFileImporter().importPaths(testClasses());

    @Test
    void coreDependsOnNothingButSlf4jAndJspecify() {
        classes()
                .that(CORE.and(not(ACCESSOR)))
                .should()
                .onlyDependOnClassesThat(CORE.and(not(ACCESSOR)).or(BASE))
                .check(MAIN);
    }

    /** It is loaded by the library that it depends on, and by nothing else, so core runs without that library. */
    @Test
    void theAccessorForSnapshotsDependsOnContextPropagation() {
        classes()
                .that(ACCESSOR)
                .should()
                .onlyDependOnClassesThat(CORE.or(BASE).or(resideInAPackage("io.micrometer.context..")))
                .check(MAIN);
    }

    @Test
    void sqlDependsOnCoreHibernateAndThePool() {
        classes()
                .that(SQL)
                .should()
                .onlyDependOnClassesThat(CORE.or(SQL)
                        .or(BASE)
                        .or(resideInAnyPackage(
                                "javax.sql..",
                                "org.hibernate..",
                                "jakarta.persistence..",
                                "com.zaxxer.hikari..",
                                "net.ttddyy.dsproxy..")))
                .check(MAIN);
    }

    @Test
    void solrDependsOnCoreAndSolrJ() {
        classes()
                .that(SOLR)
                .should()
                .onlyDependOnClassesThat(CORE.or(SOLR).or(BASE).or(resideInAPackage("org.apache.solr..")))
                .check(MAIN);
    }

    @Test
    void neo4jDependsOnCoreAndTheDriver() {
        classes()
                .that(NEO4J)
                .should()
                .onlyDependOnClassesThat(CORE.or(NEO4J).or(BASE).or(resideInAPackage("org.neo4j.driver..")))
                .check(MAIN);
    }

    @Test
    void migrationsDependOnSqlAndWhatFindsFiles() {
        classes()
                .that(MIGRATIONS)
                .should()
                .onlyDependOnClassesThat(CORE.or(SQL)
                        .or(MIGRATIONS)
                        .or(BASE)
                        .or(resideInAnyPackage("javax.sql..", "io.github.classgraph..", "org.hibernate..")))
                .check(MAIN);
    }

    @Test
    void configDependsOnCoreAndWhatReadsFiles() {
        classes()
                .that(CONFIG)
                .should()
                .onlyDependOnClassesThat(CORE.or(CONFIG)
                        .or(BASE)
                        .or(resideInAnyPackage(
                                "io.smallrye.config..",
                                "org.eclipse.microprofile.config..",
                                "org.yaml.snakeyaml..",
                                "io.github.classgraph..")))
                .check(MAIN);
    }

    @Test
    void theCommandLineDependsOnConfigMigrationsAndWhatReadsAndWrites() {
        classes()
                .that(CLI)
                .should()
                .onlyDependOnClassesThat(CORE.or(SQL)
                        .or(CONFIG)
                        .or(MIGRATIONS)
                        .or(CLI)
                        .or(BASE)
                        .or(resideInAnyPackage("javax.sql..", "picocli..", "com.fasterxml.jackson.core..")))
                .check(MAIN);
        noClasses().that(not(CLI)).should().dependOnClassesThat(CLI).check(MAIN);
    }

    @Test
    void servletDependsOnCoreAndTheServletApi() {
        classes()
                .that(SERVLET)
                .should()
                .onlyDependOnClassesThat(CORE.or(SERVLET).or(BASE).or(resideInAPackage("jakarta.servlet..")))
                .check(MAIN);
    }

    @Test
    void testingDependsOnCoreAndTestLibraries() {
        classes()
                .that(TESTING)
                .should()
                .onlyDependOnClassesThat(CORE.or(TESTING)
                        .or(BASE)
                        .or(resideInAnyPackage(
                                "javax.sql..",
                                "org.junit.jupiter..",
                                "org.junit.platform..",
                                "org.opentest4j..",
                                "org.assertj..",
                                "io.zonky.test..",
                                "ch.vorburger..",
                                "org.neo4j..",
                                "org.postgresql..",
                                "org.mariadb..")))
                .check(MAIN);
    }

    @Test
    void nothingThatShipsDependsOnTesting() {
        noClasses().that(not(TESTING)).should().dependOnClassesThat(TESTING).check(MAIN);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes().should(resideInANullMarkedPackage()).check(MAIN);
    }

    @Test
    void nothingPrints() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(MAIN);
    }

    @Test
    void noTestSleeps() {
        noClasses()
                .should()
                .accessTargetWhere(describe("the target is a sleep", ArchitectureTest::isSleep))
                .because("a test waits for what it wants to see, with Awaitility or a latch")
                .check(TESTS);
    }

    @Test
    void noTestIsDisabled() {
        noClasses().should().beMetaAnnotatedWith(Disabled.class).check(TESTS);
        noMethods().should().beMetaAnnotatedWith(Disabled.class).check(TESTS);
    }

    @Test
    void theRulesSeeEveryModule() {
        assertThat(MAIN)
                .anyMatch(CORE::test)
                .anyMatch(SQL::test)
                .anyMatch(NEO4J::test)
                .anyMatch(SOLR::test)
                .anyMatch(CONFIG::test)
                .anyMatch(SERVLET::test)
                .anyMatch(CLI::test)
                .anyMatch(ACCESSOR::test)
                .anyMatch(TESTING::test);
        assertThat(TESTS).anyMatch(type -> type.isEquivalentTo(ArchitectureTest.class));
    }

    /** A published jar without optional dependencies works the same for everyone; test support is the exception. */
    @Test
    void noShippedJarHasOptionalDependencies() throws IOException {
        for (Path module : modules()) {
            if (!module.endsWith("testing")) {
                assertThat(module.resolve("pom.xml")).content().doesNotContain("<optional>");
            }
        }
    }

    private static boolean isSleep(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        return access.getName().equals("sleep")
                && (owner.isAssignableTo(Thread.class) || owner.isAssignableTo(TimeUnit.class));
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a package whose package-info is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                JavaPackage home = type.getPackage();
                events.add(new SimpleConditionEvent(
                        type, home.isAnnotatedWith(NullMarked.class), type.getName() + " in " + home.getName()));
            }
        };
    }

    /** The compiled tests of every module that has tests. */
    private static List<Path> testClasses() {
        List<Path> found = new ArrayList<>();
        for (Path module : modules()) {
            if (Files.isDirectory(module.resolve("src/test/java"))) {
                Path compiled = module.resolve("target/test-classes");
                assertThat(compiled).as("the compiled tests of " + module).isDirectory();
                found.add(compiled);
            }
        }
        return found;
    }

    /** Every directory with a POM, so that a new module is covered from its first day. */
    private static List<Path> modules() {
        try (Stream<Path> files = Files.find(ROOT, 3, (file, attributes) -> file.endsWith("pom.xml"))) {
            return List.copyOf(files.map(Path::getParent).collect(toCollection(TreeSet::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
