package dev.forgeway.decide.parse;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.forgeway.error.Reason;
import dev.forgeway.error.RejectedException;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a delivery, asked for by path ("pull_request.head.sha"). Jackson's own limits hold: strings of 20 MB,
 * a nesting of 1,000.
 */
public final class Payload {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode root;

    private Payload(JsonNode root) {
        this.root = root;
    }

    /** @throws RejectedException when the bytes are no JSON object */
    public static Payload read(byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            if (root == null || !root.isObject()) {
                throw new RejectedException(Reason.INVALID_JSON, "not a JSON object");
            }
            return new Payload(root);
        } catch (JsonProcessingException e) {
            throw new RejectedException(Reason.INVALID_JSON, place(e.getLocation()));
        } catch (IOException e) {
            throw new RejectedException(Reason.INVALID_JSON, "not readable as UTF-8");
        }
    }

    /** A limit that is exceeded has no place. */
    private static String place(@Nullable JsonLocation location) {
        return location == null
                ? "too deep or too long"
                : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** The object at a path, as a payload of its own. */
    public Payload at(String path) {
        JsonNode found = find(path);
        if (!found.isObject()) {
            throw missing(path);
        }
        return new Payload(found);
    }

    /** The whole of it, as JSON. */
    String json() {
        return root.toString();
    }

    public boolean has(String path) {
        JsonNode found = find(path);
        return !found.isMissingNode() && !found.isNull();
    }

    /** @throws RejectedException when it is missing, null or no text */
    public String text(String path) {
        String found = textOrNull(path);
        if (found == null) {
            throw missing(path);
        }
        return found;
    }

    public @Nullable String textOrNull(String path) {
        JsonNode found = find(path);
        return found.isTextual() ? found.textValue() : null;
    }

    /** @throws RejectedException when it is missing or no whole number */
    public long number(String path) {
        JsonNode found = find(path);
        if (!found.canConvertToLong() || !found.isIntegralNumber()) {
            throw missing(path);
        }
        return found.longValue();
    }

    public boolean flag(String path) {
        return find(path).asBoolean(false);
    }

    /** @throws RejectedException when it is missing, or no whole number, or larger than any pull request's */
    public int smallNumber(String path) {
        long found = number(path);
        if (found < 0 || found > Integer.MAX_VALUE) {
            throw missing(path);
        }
        return (int) found;
    }

    /** Whether there is an object at a path. */
    boolean hasObject(String path) {
        return find(path).isObject();
    }

    /** A field whose name may have dots in it. */
    @Nullable
    String memberOrNull(String name) {
        JsonNode found = root.path(name);
        return found.isTextual() ? found.textValue() : null;
    }

    /** A whole number as text; null when it is missing or none. */
    @Nullable
    String idOrNull(String path) {
        JsonNode found = find(path);
        return found.isIntegralNumber() ? found.asText() : null;
    }

    /** The texts of an array; empty when it is missing or no array. */
    List<String> texts(String path) {
        List<String> texts = new ArrayList<>();
        JsonNode found = find(path);
        if (found.isArray()) {
            found.forEach(element -> {
                if (element.isTextual()) {
                    texts.add(element.textValue());
                }
            });
        }
        return texts;
    }

    /** The objects of an array; empty when it is missing or no array. */
    public List<Payload> objects(String path) {
        List<Payload> objects = new ArrayList<>();
        find(path).forEach(element -> {
            if (element.isObject()) {
                objects.add(new Payload(element));
            }
        });
        return objects;
    }

    /** The fields of an object whose values are texts; empty when there is no object, or another value among them. */
    Map<String, String> textsByName(String path) {
        Map<String, String> texts = new HashMap<>();
        JsonNode found = find(path);
        found.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return found.properties().stream().allMatch(field -> field.getValue().isTextual()) ? texts : Map.of();
    }

    /** The names of the objects of an array; null when there is no array. */
    @Nullable
    List<String> namesOrNull(String path) {
        return textsOfOrNull(path, "name");
    }

    /** One text of each object of an array, for those that have it; null when there is no array. */
    @Nullable
    List<String> textsOfOrNull(String path, String field) {
        if (!find(path).isArray()) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (Payload object : objects(path)) {
            String text = object.textOrNull(field);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** Seconds since 1970, as a number or as text; what is missing or malformed becomes the alternative. */
    public Instant secondsOr(String path, Instant otherwise) {
        long seconds = find(path).asLong(0);
        return seconds > 0 && seconds <= Instant.MAX.getEpochSecond() ? Instant.ofEpochSecond(seconds) : otherwise;
    }

    /**
     * An ISO 8601 time, or as GitLab writes it; what is missing or malformed becomes the alternative, and so does the
     * year 1, by which Go says that there is none.
     */
    public Instant timeOr(String path, Instant otherwise) {
        String found = textOrNull(path);
        try {
            Instant time =
                    found == null ? otherwise : OffsetDateTime.parse(iso(found)).toInstant();
            return time.isBefore(Instant.EPOCH) ? otherwise : time;
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }

    /** GitLab writes most times as {@code 2025-03-01 12:00:00 UTC}. */
    private static String iso(String time) {
        return time.endsWith(" UTC") ? time.substring(0, time.length() - 4).replace(' ', 'T') + 'Z' : time;
    }

    private JsonNode find(String path) {
        JsonNode node = root;
        for (String name : path.split("\\.", -1)) {
            node = node.path(name);
        }
        return node;
    }

    static RejectedException missing(String path) {
        return new RejectedException(Reason.MISSING_FIELD, path);
    }
}
