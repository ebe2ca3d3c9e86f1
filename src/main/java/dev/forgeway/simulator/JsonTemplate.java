package dev.forgeway.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object with {@code $names} in its texts. A text that is nothing but one name becomes the value itself, whatever
 * its type; elsewhere the value's text is put in.
 */
final class JsonTemplate {

    private static final Pattern NAME = Pattern.compile("\\$(\\w+)");

    private final JsonNode template;

    private JsonTemplate(JsonNode template) {
        this.template = template;
    }

    static JsonTemplate load(String resource) {
        try (InputStream in = Objects.requireNonNull(JsonTemplate.class.getResourceAsStream(resource), resource)) {
            return new JsonTemplate(Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    Map<String, @Nullable Object> fill(Map<String, ? extends @Nullable Object> values) {
        return object(template, values);
    }

    private static Map<String, @Nullable Object> object(JsonNode node, Map<String, ? extends @Nullable Object> values) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        node.fields().forEachRemaining(field -> object.put(field.getKey(), value(field.getValue(), values)));
        return object;
    }

    private static @Nullable Object value(JsonNode node, Map<String, ? extends @Nullable Object> values) {
        if (node.isObject()) {
            return object(node, values);
        }
        if (node.isArray()) {
            List<@Nullable Object> array = new ArrayList<>();
            node.forEach(item -> array.add(value(item, values)));
            return array;
        }
        if (!node.isTextual()) {
            return node.isNull() ? null : Json.plain(node);
        }
        Matcher name = NAME.matcher(node.asText());
        return name.matches()
                ? given(name.group(1), values)
                : name.replaceAll(found -> Matcher.quoteReplacement(String.valueOf(given(found.group(1), values))));
    }

    private static @Nullable Object given(String name, Map<String, ? extends @Nullable Object> values) {
        if (!values.containsKey(name)) {
            throw new IllegalArgumentException("The template wants $" + name);
        }
        return values.get(name);
    }
}
