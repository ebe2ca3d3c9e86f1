package dev.forgeway.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as a simulated service sees it.
 *
 * @param target path and query as they came
 * @param headers names in lower case
 * @param parameters the values of the path template, decoded
 */
record Request(
        String method,
        String target,
        Map<String, String> query,
        Map<String, String> headers,
        Map<String, String> parameters,
        String body) {

    /** "METHOD target", which patterns are matched against. */
    String line() {
        return method + " " + target;
    }

    Request withParameters(Map<String, String> values) {
        return new Request(method, target, query, headers, values, body);
    }

    String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalStateException("The path template has no " + name);
        }
        return value;
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /** A number of the query, or the default when it is absent or no number. */
    int number(String name, int otherwise) {
        String value = query.get(name);
        return value == null || !value.matches("\\d{1,9}") ? otherwise : Integer.parseInt(value);
    }

    JsonNode json() {
        try {
            return Json.read(body.isBlank() ? "{}" : body);
        } catch (JsonProcessingException e) {
            throw new Refusal(Response.json(400, Json.object("message", "Problems parsing JSON", "error", "bad JSON")));
        }
    }
}
