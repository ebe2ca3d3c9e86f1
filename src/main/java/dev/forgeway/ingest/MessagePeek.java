package dev.forgeway.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads single values of a bus message without building a tree. A message may be flat or lie in the {@code body} or
 * {@code msg} of an envelope, one in another: paths are those of the message itself. An array counts as each of its
 * elements.
 */
final class MessagePeek {

    /** At the end of a path: the names of the fields, not their values. */
    static final String NAMES = ".*";

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> ENVELOPES = Set.of("body", "msg");

    private final JsonParser parser;
    private final Set<String> wanted;
    private final Map<String, List<String>> found = new HashMap<>();

    private MessagePeek(JsonParser parser, Set<String> wanted) {
        this.parser = parser;
        this.wanted = wanted;
    }

    /** The values at the wanted paths; empty when the body is no JSON object. */
    static Optional<Map<String, List<String>>> values(byte[] body, Set<String> wanted) {
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            MessagePeek peek = new MessagePeek(parser, wanted);
            peek.readObject("");
            return parser.nextToken() == null ? Optional.of(peek.found) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void readObject(String path) throws IOException {
        String names = path + NAMES;
        List<String> fields = wanted.contains(names) ? found.computeIfAbsent(names, key -> new ArrayList<>()) : null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (fields != null) {
                fields.add(name);
            }
            JsonToken value = parser.nextToken();
            boolean envelope = path.isEmpty() && value == JsonToken.START_OBJECT && ENVELOPES.contains(name);
            read(value, envelope ? "" : path.isEmpty() ? name : path + '.' + name);
        }
    }

    private void read(JsonToken value, String path) throws IOException {
        if (!leadsSomewhere(path)) {
            parser.skipChildren();
        } else if (value == JsonToken.START_OBJECT) {
            readObject(path);
        } else if (value == JsonToken.START_ARRAY) {
            for (JsonToken element = parser.nextToken();
                    element != JsonToken.END_ARRAY && element != null;
                    element = parser.nextToken()) {
                read(element, path);
            }
        } else if (wanted.contains(path) && value != JsonToken.VALUE_NULL) {
            found.computeIfAbsent(path, key -> new ArrayList<>()).add(parser.getText());
        }
    }

    private boolean leadsSomewhere(String path) {
        return path.isEmpty() || wanted.stream().anyMatch(one -> one.equals(path) || one.startsWith(path + '.'));
    }
}
