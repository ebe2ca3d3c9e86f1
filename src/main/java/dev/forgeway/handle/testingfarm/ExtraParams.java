package dev.forgeway.handle.testingfarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a package config adds to a request by {@code tf_extra_params}
 * (https://packit.dev/docs/configuration/upstream/tests): mappings are merged, lists element by element, artifacts are
 * added, anything else is replaced. Where results are told and who asks is not the user's to say.
 */
final class ExtraParams {

    private static final Set<String> FREE = Set.of("test", "environments", "settings");
    private static final String ARTIFACTS = "artifacts";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ExtraParams() {}

    static void merge(ObjectNode request, Map<String, @Nullable Object> more) {
        more.forEach((name, value) -> {
            if (FREE.contains(name)) {
                put(request, name, JSON.valueToTree(value));
            }
        });
    }

    private static void put(ObjectNode into, String name, JsonNode value) {
        JsonNode there = into.path(name);
        if (name.equals(ARTIFACTS) && there instanceof ArrayNode artifacts) {
            if (value instanceof ArrayNode added) {
                artifacts.addAll(added);
            }
        } else if (isMergeable(there, value)) {
            merge(there, value);
        } else if (there.isMissingNode() || value.isValueNode()) {
            into.set(name, value);
        }
    }

    private static void merge(JsonNode into, JsonNode value) {
        if (into instanceof ObjectNode object) {
            value.fields().forEachRemaining(field -> put(object, field.getKey(), field.getValue()));
            return;
        }
        for (int i = 0; i < into.size() && i < value.size(); i++) {
            if (isMergeable(into.get(i), value.get(i))) {
                merge(into.get(i), value.get(i));
            }
        }
    }

    private static boolean isMergeable(JsonNode into, JsonNode value) {
        return into.isContainerNode() && into.getNodeType() == value.getNodeType();
    }
}
