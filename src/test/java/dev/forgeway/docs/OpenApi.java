package dev.forgeway.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The description of the API, and what it says of an answer. Knows as much of JSON Schema as the description uses. */
record OpenApi(JsonNode root) {

    /** One thing that can be asked for. */
    record Operation(String method, String path, JsonNode definition) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    List<Operation> operations() {
        List<Operation> found = new ArrayList<>();
        root.path("paths")
                .fields()
                .forEachRemaining(path -> path.getValue()
                        .fields()
                        .forEachRemaining(operation -> found.add(new Operation(
                                operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()))));
        return found;
    }

    /** The only media type that the description knows for an answer. */
    String contentType(Operation operation, int status) {
        return response(operation, status).path("content").fieldNames().next();
    }

    /** How an answer differs from its description; nothing when it does not. */
    List<String> differences(Operation operation, int status, JsonNode answer) {
        JsonNode content =
                response(operation, status).path("content").elements().next();
        List<String> differences = new ArrayList<>();
        compare("answer", content.path("schema"), answer, differences);
        return differences;
    }

    private JsonNode response(Operation operation, int status) {
        JsonNode response = operation.definition().path("responses").path(Integer.toString(status));
        if (response.isMissingNode()) {
            throw new AssertionError(operation + " does not say that it may answer " + status);
        }
        return resolve(response);
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
    }

    private void compare(String at, JsonNode reference, JsonNode value, List<String> differences) {
        JsonNode schema = resolve(reference);
        if (schema.has("oneOf")) {
            compareOneOf(at, schema.path("oneOf"), value, differences);
            return;
        }
        if (!hasType(schema.path("type").asText(), value)) {
            differences.add(at + " is no " + schema.path("type").asText());
        }
        if (schema.has("enum") && !texts(schema.path("enum")).contains(value.asText())) {
            differences.add(at + " must not be " + value.asText());
        }
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asText())) {
                differences.add(at + " lacks " + name.asText());
            }
        }
        for (int index = 0; index < value.size() && value.isArray(); index++) {
            compare(at + "[" + index + "]", schema.path("items"), value.path(index), differences);
        }
        value.fieldNames().forEachRemaining(name -> member(at, schema, name, value.path(name), differences));
    }

    private void compareOneOf(String at, JsonNode alternatives, JsonNode value, List<String> differences) {
        List<String> all = new ArrayList<>();
        for (JsonNode alternative : alternatives) {
            List<String> different = new ArrayList<>();
            compare(at, alternative, value, different);
            if (different.isEmpty()) {
                return;
            }
            all.addAll(different);
        }
        differences.addAll(all);
    }

    /** An object without properties is described no further; one with properties has these and no other. */
    private void member(String at, JsonNode schema, String name, JsonNode value, List<String> differences) {
        JsonNode known = schema.path("properties").path(name);
        JsonNode other = schema.path("additionalProperties");
        if (!known.isMissingNode()) {
            compare(at + "." + name, known, value, differences);
        } else if (other.isObject()) {
            compare(at + "." + name, other, value, differences);
        } else if (schema.has("properties") && !other.asBoolean()) {
            differences.add(at + "." + name + " is not described");
        }
    }

    private static boolean hasType(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> throw new IllegalStateException("a type that is not known: " + type);
        };
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
