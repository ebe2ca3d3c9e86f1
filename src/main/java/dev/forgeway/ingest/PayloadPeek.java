package dev.forgeway.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/** Reads one top-level string of a JSON object, without building a tree and without reading on behind it. */
final class PayloadPeek {

    /** Fields looked at before giving up; GitHub writes the action first. */
    private static final int FIELDS = 200;

    private static final JsonFactory JSON = new JsonFactory();

    private PayloadPeek() {}

    /** Empty when the field is missing, is no string, stands too far down, or the body is no JSON. */
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
}
