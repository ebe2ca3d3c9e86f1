package dev.forgeway.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads single strings and whole numbers of a JSON object, without building a tree. */
final class PayloadPeek {

    /** Fields looked at before giving up; GitHub writes the action first. */
    private static final int FIELDS = 200;

    private static final JsonFactory JSON = new JsonFactory();

    private PayloadPeek() {}

    /**
     * One top-level string; nothing behind it is read. Empty when the field is missing, is no string, stands too far
     * down, or the body is no JSON.
     */
    static Optional<String> topLevelString(byte[] body, String field) {
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            for (int i = 0; i < FIELDS && parser.nextToken() == JsonToken.FIELD_NAME; i++) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals(field)) {
                    return value == JsonToken.VALUE_STRING ? Optional.of(parser.getText()) : Optional.empty();
                }
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The strings and whole numbers at some paths ("project.git_http_url"), for a decision about authenticity: the whole body is read,
     * and nothing is found in one that is no JSON or that says twice what stands on a path, because whoever reads it
     * later may believe the other.
     */
    static Map<String, String> strings(byte[] body, Set<String> paths) {
        Map<String, String> found = new HashMap<>();
        try (JsonParser parser = JSON.createParser(body)) {
            boolean clear = parser.nextToken() == JsonToken.START_OBJECT
                    && readObject(parser, "", paths, found, new HashSet<>())
                    && parser.nextToken() == null;
            return clear ? found : Map.of();
        } catch (IOException e) {
            return Map.of();
        }
    }

    /** False when a path came a second time. */
    private static boolean readObject(
            JsonParser parser, String prefix, Set<String> paths, Map<String, String> found, Set<String> seen)
            throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String path = prefix + parser.currentName();
            JsonToken value = parser.nextToken();
            if (paths.stream().noneMatch(wanted -> wanted.equals(path) || wanted.startsWith(path + "."))) {
                parser.skipChildren();
            } else if (!seen.add(path)) {
                return false;
            } else if ((value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT)
                    && paths.contains(path)) {
                found.put(path, parser.getText());
            } else if (value == JsonToken.START_OBJECT) {
                if (!readObject(parser, path + ".", paths, found, seen)) {
                    return false;
                }
            } else {
                parser.skipChildren();
            }
        }
        return true;
    }
}
