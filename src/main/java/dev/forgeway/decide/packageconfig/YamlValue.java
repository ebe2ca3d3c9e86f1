package dev.forgeway.decide.packageconfig;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A value in the file under its key; each way to read it fails with the place and a hint. */
final class YamlValue {

    private static final Set<Tag> TEXT = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.TIMESTAMP);

    private final String file;
    private final String key;
    private final Node node;

    YamlValue(String file, String key, Node node) {
        this.file = file;
        this.key = key;
        this.node = node;
    }

    String key() {
        return key;
    }

    int line() {
        return node.getStartMark().getLine() + 1;
    }

    boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    boolean isObject() {
        return node instanceof MappingNode;
    }

    /** Text; numbers count as they are written. */
    String text() {
        if (node instanceof ScalarNode scalar && TEXT.contains(node.getTag())) {
            return scalar.getValue();
        }
        throw failure(key + " must be text", "write `" + key + ": \"…\"`");
    }

    /** A single value as it is written, of whatever type; empty for none. */
    String scalar() {
        if (node instanceof ScalarNode scalar) {
            return isNull() ? "" : scalar.getValue();
        }
        throw failure(key + " must be one value", "write `" + key + ": \"…\"`");
    }

    Tag tag() {
        return node.getTag();
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    boolean bool() {
        if (node instanceof ScalarNode scalar) {
            String word = scalar.getValue().toLowerCase(Locale.ROOT);
            if (Set.of("true", "yes", "on").contains(word)) {
                return true;
            }
            if (Set.of("false", "no", "off").contains(word)) {
                return false;
            }
        }
        throw failure(key + " must be true or false", "write `" + key + ": true`");
    }

    int positive() {
        if (node instanceof ScalarNode scalar && scalar.getValue().matches("[1-9][0-9]{0,8}")) {
            return Integer.parseInt(scalar.getValue());
        }
        throw failure(key + " must be a number above 0", "write `" + key + ": 7200`");
    }

    /** The elements of a list. */
    List<YamlValue> elements(String example) {
        if (!(node instanceof SequenceNode list)) {
            throw failure(key + " must be a list", "write `" + key + ": [" + example + "]`");
        }
        var elements = new ArrayList<YamlValue>();
        list.getValue().forEach(element -> elements.add(new YamlValue(file, key, element)));
        return elements;
    }

    /** The texts of a list; one text alone counts as a list of one. */
    List<YamlValue> textElements(String example) {
        if (node instanceof ScalarNode
                && TEXT.contains(node.getTag())
                && !node.getTag().equals(Tag.INT)) {
            return List.of(this);
        }
        List<YamlValue> elements = elements(example);
        for (YamlValue element : elements) {
            if (!(element.node instanceof ScalarNode) || !TEXT.contains(element.node.getTag())) {
                throw element.failure(
                        "each element of " + key + " must be text", "write `" + key + ": [" + example + "]`");
            }
        }
        return elements;
    }

    List<String> texts(String example) {
        return textElements(example).stream().map(YamlValue::text).toList();
    }

    YamlObject object(String example) {
        if (node instanceof MappingNode mapping) {
            return YamlObject.of(file, mapping);
        }
        throw failure(key + " must hold keys and values", "write `" + example + "`");
    }

    InvalidPackageConfigException failure(String problem, String hint) {
        return YamlDocument.failure(file, node, problem, hint);
    }
}
