package dev.forgeway.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * What Forgeway answered to a webhook.
 *
 * @param millis from the first byte sent to the last one received
 */
record Answer(int status, String body, long millis) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECTING = Duration.ofSeconds(10);

    static Answer to(HttpRequest request) {
        HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECTING).build();
        long start = System.nanoTime();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.body(),
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
        } catch (IOException e) {
            throw SendException.unreached(request.uri().toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SendException.unreached(request.uri().toString(), e);
        }
    }

    boolean isTaken() {
        return status >= 200 && status < 300;
    }

    /** Its id, where it is kept. */
    Optional<String> delivery() {
        return json().path("status").asText().equals("accepted")
                ? Optional.of(json().path("id").asText())
                : Optional.empty();
    }

    /** What the other side says can be done. */
    String hint() {
        String hint = json().path("hint").asText("");
        return hint.isEmpty() ? "" : ": " + hint;
    }

    private JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }
}
