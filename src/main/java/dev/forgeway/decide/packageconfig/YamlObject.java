package dev.forgeway.decide.packageconfig;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping in the file, with what {@code <<} merges into it (https://yaml.org/type/merge.html): its own keys win, then
 * the earlier of the merged mappings.
 */
final class YamlObject {

    private final String file;
    private final Node node;
    private final Map<String, YamlValue> values = new LinkedHashMap<>();
    private final Map<String, Integer> ownLines = new LinkedHashMap<>();

    private YamlObject(String file, Node node) {
        this.file = file;
        this.node = node;
    }

    static YamlObject of(String file, MappingNode mapping) {
        var object = new YamlObject(file, mapping);
        object.merge(mapping, Collections.newSetFromMap(new IdentityHashMap<>()));
        return object;
    }

    private void merge(MappingNode mapping, Set<Node> seen) {
        if (!seen.add(mapping)) {
            return; // merged before: nothing of it can win any more
        }
        boolean own = seen.size() == 1;
        for (NodeTuple tuple : mapping.getValue()) {
            if (!tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                put(tuple, own);
            }
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                mergeFrom(tuple.getValueNode(), seen);
            }
        }
    }

    private void put(NodeTuple tuple, boolean own) {
        String key = ((ScalarNode) tuple.getKeyNode()).getValue();
        values.putIfAbsent(key, new YamlValue(file, key, tuple.getValueNode()));
        if (own) {
            ownLines.put(key, tuple.getKeyNode().getStartMark().getLine() + 1);
        }
    }

    private void mergeFrom(Node source, Set<Node> seen) {
        List<Node> sources = source instanceof SequenceNode list ? list.getValue() : List.of(source);
        for (Node each : sources) {
            if (!(each instanceof MappingNode mapping)) {
                throw YamlDocument.failure(file, each, "<< must name a mapping", "write `<<: *anchor`");
            }
            merge(mapping, seen);
        }
    }

    /** The value of a key, also an explicit null; null when the key is not there. */
    @Nullable
    YamlValue get(String key) {
        return values.get(key);
    }

    /** The values as texts, numbers, booleans, nulls, lists and maps. */
    Map<String, @Nullable Object> plain() {
        return new PlainYaml().object(this);
    }

    /** The values as they are written, of whatever type; empty where there is none. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((key, value) -> texts.put(key, value.scalar()));
        return texts;
    }

    /** All keys, in the order of the file. */
    Set<String> keys() {
        return values.keySet();
    }

    /** The keys that are written in this mapping itself, with their lines. */
    Map<String, Integer> ownLines() {
        return ownLines;
    }

    int line() {
        return node.getStartMark().getLine() + 1;
    }

    InvalidPackageConfigException failure(String problem, String hint) {
        return YamlDocument.failure(file, node, problem, hint);
    }
}
