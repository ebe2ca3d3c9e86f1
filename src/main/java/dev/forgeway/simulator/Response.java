package dev.forgeway.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/** An answer of a simulated service. */
public record Response(int status, Map<String, String> headers, String body) {

    public Response {
        headers = Map.copyOf(headers);
    }

    /** An answer with a JSON body. */
    public static Response json(int status, Object body) {
        return new Response(status, Map.of("Content-Type", "application/json; charset=utf-8"), Json.write(body));
    }

    /** An answer with a body that is not JSON, for example the page of a proxy that stands in front of the service. */
    public static Response html(int status, String body) {
        return new Response(status, Map.of("Content-Type", "text/html; charset=utf-8"), body);
    }

    /** The same answer with one more header. */
    public Response with(String header, String value) {
        return with(Map.of(header, value));
    }

    /** The same answer with more headers. */
    public Response with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Response(status, all, body);
    }
}
