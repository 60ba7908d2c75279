package dev.regista.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.regista.spi.config.DatabaseKind;
import dev.regista.spi.config.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The reference page and the JSON Schema are what the code says, of all kinds that are published.
 * {@code -Dregista.write=true} writes them anew. In the package of the loader, whose own options it reads.
 */
class ReferenceTest {
    // Surefire sets basedir; an IDE starts tests in the module.
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    private static final Path FOLDER = ROOT.resolve("docs/reference");

    private final Problems problems = new Problems();
    /** SQL first; without the kind of the guide. */
    private final List<DatabaseKind> kinds = Context.services(ReferenceTest.class.getClassLoader(), problems).stream()
            .filter(kind -> !kind.getClass().getPackageName().equals("dev.regista.docs"))
            .sorted(Comparator.comparing((DatabaseKind kind) -> !kind.name().equals("sql"))
                    .thenComparing(DatabaseKind::name))
            .toList();

    private final Reference reference =
            new Reference(kinds, Context.sections(ReferenceTest.class.getClassLoader(), problems));

    @Test
    void thePageIsWhatTheCodeSays() throws IOException {
        check(FOLDER.resolve("configuration.md"), reference.page());
    }

    @Test
    void theSchemaIsWhatTheCodeSays() throws IOException {
        check(FOLDER.resolve("regista.schema.json"), reference.schema());
    }

    @Test
    void everyOptionOfEveryKindIsDescribed() {
        assertThat(kinds).extracting(DatabaseKind::name).containsExactly("sql", "neo4j", "solr");
        assertThat(kinds).allSatisfy(kind -> {
            assertThat(kind.description()).as(kind.name()).endsWith(".");
            assertThat(DatabaseBlock.options(kind))
                    .allSatisfy(option -> assertThat(option.description())
                            .as(kind.name() + " " + option.key())
                            .endsWith("."));
        });
        assertThat(kinds.get(0).options()).extracting(Option::key).contains("url", "pool.size");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "examples/quickstart/src/main/resources/regista.yaml",
                "examples/shop/src/main/resources/regista.yaml",
                "docs/src/test/resources/neo4j.yaml",
                "docs/src/test/resources/solr.yaml"
            })
    void theExamplesPassTheSchema(String example) throws IOException {
        assertThat(violations(Files.readString(ROOT.resolve(example)))).isEmpty();
    }

    @Test
    void expressionsAndOwnKindsPassTheSchema() {
        assertThat(violations("""
                        regista:
                          databases:
                            main:
                              url: {scheme: postgresql, host: db, port: "${PORT:5432}", password-file: /run/secrets/db}
                              required: ${MUST:true}
                              pool: {size: "${SIZE}", max-lifetime: 1h}
                              isolation: serializable
                            other:
                              kind: com.example.OwnKind
                              anything: goes
                        """)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "regista: {databases: {main: {url: 'jdbc:h2:mem:x', log-querys: true}}}",
                "regista: {databases: {main: {url: 'jdbc:h2:mem:x', pool: {size: ten}}}}",
                "regista: {databases: {main: {url: 'jdbc:h2:mem:x', isolation: strict}}}",
                "regista: {databases: {main: {kind: sqll, url: 'jdbc:h2:mem:x'}}}",
                "regista: {databases: {main: {url: 'http://solr/solr/x', always-commit: true}}}",
                "regista: {databases: {main: {kind: solr, url: 'http://solr/solr/x', log-queries: true}}}",
                "regista: {databases: {main: {kind: neo4j, url: 'bolt://graph', always-commit: true}}}",
                "regista: {databases: [{url: 'jdbc:h2:mem:x'}]}",
                "regista: {migrations: {location: [1], out-of-order: maybe}, databases: {main: {url: 'jdbc:h2:mem:x'}}}",
                "regista: {shema: shop, databases: {main: {url: 'jdbc:h2:mem:x'}}}",
                "regista: {}"
            })
    void whatTheLoaderRefusesTheSchemaRefuses(String yaml) {
        assertThat(violations(yaml)).isNotEmpty();
    }

    private List<String> violations(String yaml) {
        Map<String, Object> values = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        JsonNode json = new ObjectMapper().valueToTree(values);
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(reference.schema());
        return schema.validate(json).stream().map(Object::toString).toList();
    }

    private static void check(Path file, String wanted) throws IOException {
        if (Boolean.getBoolean("regista.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, wanted);
        }
        assertThat(file).as("written by -Dregista.write=true").content().isEqualTo(wanted);
    }
}
