package dev.regista.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads the text of a YAML file into its values, with their lines. Only the composer of the YAML library runs: no tag
 * makes an object, whatever the file says. Blocks of a file may be merged into others ({@code <<: *defaults}).
 */
final class YamlFile {
    private static final int MOST_CHARACTERS = 1 << 20;
    private static final int MOST_VALUES = 20_000;
    private static final int DEEPEST = 50;

    private final String name;
    private final Problems problems;
    private final List<Entry> entries = new ArrayList<>();

    private YamlFile(String name, Problems problems) {
        this.name = name;
        this.problems = problems;
    }

    /**
     * Reads a file.
     *
     * @param name the name of the file, for errors
     * @param text what is in it
     * @return its values in their order; as far as it could be read
     */
    static List<Entry> read(String name, String text, Problems problems) {
        YamlFile file = new YamlFile(name, problems);
        file.read(text);
        return file.entries;
    }

    private void read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            problems.add(Origin.of(name), "is larger than a configuration can be (" + MOST_CHARACTERS + " characters)");
            return;
        }
        try {
            List<Node> documents = new ArrayList<>();
            new Yaml(options()).composeAll(new StringReader(text)).forEach(documents::add);
            if (documents.size() > 1) {
                problems.add(at(documents.get(1)), "a second document begins here; a configuration is one document");
            }
            if (!documents.isEmpty()) {
                readRoot(documents.get(0));
            }
        } catch (MarkedYAMLException e) {
            problems.add(new Origin(name, line(e.getProblemMark())), "is not YAML: " + reason(e));
        } catch (YAMLException e) {
            problems.add(Origin.of(name), "is not YAML that can be read here: " + limit(e));
        }
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_CHARACTERS);
        options.setNestingDepthLimit(DEEPEST);
        options.setMergeOnCompose(true);
        return options;
    }

    private void readRoot(Node root) {
        if (root instanceof MappingNode mapping) {
            read(mapping, Key.ROOT);
        } else if (!root.getTag().equals(Tag.NULL)) {
            problems.add(at(root), "must be names and values, not " + kind(root));
        }
    }

    private void read(Node node, Key key) {
        if (entries.size() >= MOST_VALUES || key.depth() > DEEPEST) {
            throw new YAMLException("");
        }
        if (!node.getTag().startsWith(Tag.PREFIX)) {
            problems.add(
                    at(node), key, "has a tag, which means nothing here; put the text in quotes if it begins with !");
        }
        if (node instanceof MappingNode mapping) {
            read(mapping, key);
        } else if (node instanceof SequenceNode list) {
            read(list, key);
        } else {
            boolean isNull = node.getTag().equals(Tag.NULL);
            entries.add(new Entry(key, isNull ? null : ((ScalarNode) node).getValue(), line(node)));
        }
    }

    private void read(MappingNode mapping, Key key) {
        Set<String> names = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                problems.add(at(tuple.getKeyNode()), "a key must be one word, not " + kind(tuple.getKeyNode()));
            } else if (!names.add(name.getValue())) {
                problems.add(at(name), key.child(name.getValue()), "is there twice");
            } else {
                Key below = below(key, name.getValue());
                begin(tuple.getValueNode(), below, line(name));
                read(tuple.getValueNode(), below);
            }
        }
    }

    /** A dotted key stands for nested blocks. */
    private static Key below(Key key, String name) {
        return name.contains(".") ? key.plus(Key.parse(name)) : key.child(name);
    }

    private void read(SequenceNode list, Key key) {
        int index = 0;
        for (Node element : list.getValue()) {
            begin(element, key.element(index), line(element));
            read(element, key.element(index++));
        }
    }

    private void begin(Node node, Key key, int line) {
        if (node instanceof CollectionNode<?> collection) {
            entries.add(new Entry(key, null, line, !collection.getValue().isEmpty()));
        }
    }

    private Origin at(Node node) {
        return new Origin(name, line(node));
    }

    private static int line(@Nullable Mark mark) {
        return mark == null ? 0 : mark.getLine() + 1;
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static String kind(Node node) {
        return node instanceof SequenceNode ? "a list" : node instanceof MappingNode ? "a block" : "one text";
    }

    /** The library's own words where they cannot contain what is in the file; never its snippet. */
    private static String reason(MarkedYAMLException e) {
        String problem = String.valueOf(e.getProblem());
        if (problem.contains("'\\t")) {
            return "a tab begins something here; indent with blanks";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "a text with a colon at its end, or before a blank, must be in quotes";
        }
        if (problem.contains("alias") || problem.contains("character") || problem.contains("tag")) {
            return "a text that begins with a sign like * & ! | > % @ ` must be in quotes";
        }
        String context = e.getContext() == null
                ? ""
                : " " + e.getContext()
                        + (e.getContextMark() == null ? "" : " that begins in line " + line(e.getContextMark()));
        return (problem + context).replaceAll("\\s+", " ");
    }

    private static String limit(YAMLException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("Nesting Depth") || message.isEmpty()
                ? "blocks nested deeper than " + DEEPEST + ", or more than " + MOST_VALUES + " values"
                : message.contains("aliases") ? "too many aliases" : "a character or a limit that is not allowed";
    }
}
