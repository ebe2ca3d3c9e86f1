package dev.forgeway.decide.packageconfig;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads YAML that strangers wrote. Only the tree of nodes is made and no objects of any type; size, depth and aliases
 * are limited; keys must be scalars and must not stand twice.
 */
final class YamlDocument {

    private static final int LARGEST = 1024 * 1024;
    private static final Set<Tag> STANDARD_TAGS = Set.of(
            Tag.MAP, Tag.SEQ, Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MERGE, Tag.BINARY);

    private YamlDocument() {}

    /** The mapping that the file consists of. */
    static YamlObject read(String file, String text) {
        if (text.length() > LARGEST) {
            throw new InvalidPackageConfigException(file, 1, 1, "the file is larger than 1 MB", "make it smaller");
        }
        Node root = compose(file, text.startsWith("\ufeff") ? text.substring(1) : text);
        if (root == null || root.getTag().equals(Tag.NULL)) {
            throw new InvalidPackageConfigException(
                    file, 1, 1, "the file is empty", "write at least `specfile_path: …`, and `jobs: []` for no jobs");
        }
        checkTree(file, root);
        if (root instanceof MappingNode mapping) {
            return YamlObject.of(file, mapping);
        }
        throw failure(file, root, "the file must consist of keys and values", "write for example `jobs:` at its top");
    }

    private static @Nullable Node compose(String file, String text) {
        var options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setMaxAliasesForCollections(200);
        options.setNestingDepthLimit(50);
        try {
            return new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            int line = mark == null ? 1 : mark.getLine() + 1;
            int column = mark == null ? 1 : mark.getColumn() + 1;
            throw new InvalidPackageConfigException(file, line, column, e.getProblem(), hint(e.getProblem()));
        } catch (ReaderException e) {
            throw badCharacter(file, text, e);
        } catch (YAMLException e) {
            String problem = String.valueOf(e.getMessage());
            throw new InvalidPackageConfigException(
                    file, 1, 1, problem, "write the file with less nesting and aliases");
        }
    }

    private static InvalidPackageConfigException badCharacter(String file, String text, ReaderException e) {
        String before = text.substring(0, Math.min(e.getPosition(), text.length()));
        int line =
                1 + (int) before.chars().filter(character -> character == '\n').count();
        int column = before.length() - before.lastIndexOf('\n');
        String problem = "character U+%04X is not allowed in YAML".formatted(e.getCodePoint());
        return new InvalidPackageConfigException(file, line, column, problem, "remove it, or write it as an escape");
    }

    private static String hint(@Nullable String problem) {
        String text = String.valueOf(problem);
        if (text.contains("TAB")) {
            return "use spaces instead of tabs";
        }
        if (text.contains("mapping values are not allowed")) {
            return "put text that holds `: ` in quotes, and start keys of one mapping in the same column";
        }
        if (text.contains("could not find expected ':'")) {
            return "write `key: value`, with a space after the colon";
        }
        if (text.contains("another document")) {
            return "remove the `---` that starts it";
        }
        if (text.contains("tag")) {
            return "remove the tag";
        }
        return text.contains("alias")
                ? "define it with `&name` above its use"
                : "check the indentation and the quotes here and on the line before";
    }

    /** Looks at each node once, however often it is used. */
    private static void checkTree(String file, Node root) {
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Node> waiting = new ArrayDeque<>(List.of(root));
        while (!waiting.isEmpty()) {
            Node node = waiting.pop();
            if (!seen.add(node)) {
                continue;
            }
            if (!STANDARD_TAGS.contains(node.getTag())) {
                throw failure(file, node, "the tag " + node.getTag() + " is not allowed", "remove the tag");
            }
            if (node instanceof SequenceNode list) {
                list.getValue().forEach(waiting::push);
            } else if (node instanceof MappingNode mapping) {
                checkKeys(file, mapping);
                mapping.getValue().forEach(tuple -> waiting.push(tuple.getValueNode()));
            }
        }
    }

    private static void checkKeys(String file, MappingNode mapping) {
        Map<String, Integer> lines = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode scalar)) {
                throw failure(file, key, "a key must be a word", "write `key: value`");
            }
            Integer earlier = lines.put(scalar.getValue(), key.getStartMark().getLine() + 1);
            if (earlier != null) {
                throw failure(file, key, scalar.getValue() + " stands twice", "remove it here or on line " + earlier);
            }
        }
    }

    static InvalidPackageConfigException failure(String file, Node node, String problem, String hint) {
        Mark mark = node.getStartMark();
        return new InvalidPackageConfigException(file, mark.getLine() + 1, mark.getColumn() + 1, problem, hint);
    }
}
