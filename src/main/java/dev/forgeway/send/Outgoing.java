package dev.forgeway.send;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * What is sent.
 *
 * @param event the sender's name of the event, or the topic
 * @param id the sender's id of the delivery
 */
@SuppressWarnings("ArrayRecordComponent")
record Outgoing(Source source, String event, String id, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The same with a field of its JSON set. */
    Outgoing with(String field, String value) {
        try {
            if (!(JSON.readTree(body) instanceof ObjectNode object)) {
                throw SendException.unusable(
                        "the body is no JSON object, and " + source + " needs a " + field + " in it");
            }
            return new Outgoing(source, event, id, JSON.writeValueAsBytes(object.put(field, value)));
        } catch (JsonProcessingException e) {
            throw SendException.unusable("the body is no JSON, and " + source + " needs a " + field + " in it");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A text at the top of the JSON; empty where there is none. */
    String text(String field) {
        try {
            return JSON.readTree(body).path(field).asText("");
        } catch (IOException e) {
            return "";
        }
    }
}
