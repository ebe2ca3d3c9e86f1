package dev.forgeway.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The application's REST API, over HTTP. */
final class Api {

    record Answer(int status, JsonNode json) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI root;

    private final @Nullable String reader;

    /** As somebody with the admin token. */
    Api(int port) {
        this(port, World.ADMIN_TOKEN);
    }

    /** @param token with which things are read; null for none */
    Api(int port, @Nullable String token) {
        this.root = URI.create("http://127.0.0.1:" + port);
        this.reader = token;
    }

    URI webhooks() {
        return webhooks("github");
    }

    /** The address of a page for people. */
    String page(String target) {
        return root + target;
    }

    /** Where a forge sends its deliveries. */
    URI webhooks(String forge) {
        return root.resolve("/webhooks/" + forge);
    }

    Answer delivery(String id) {
        return send(request("/api/deliveries/" + id).GET());
    }

    /** The deliveries that the sender gave this key. */
    JsonNode deliveries(String key) {
        return send(request("/api/deliveries?key=" + URLEncoder.encode(key, StandardCharsets.UTF_8))
                        .GET())
                .json();
    }

    JsonNode queues() {
        return send(request("/api/queues").GET()).json();
    }

    /** Asks anything by GET. */
    Answer get(String target) {
        return send(request(target).GET());
    }

    /** Orders something by POST, with this bearer token. */
    Answer post(String target, String token, String body) {
        return send(request(target)
                .setHeader("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    JsonNode job(String id) {
        return send(request("/api/jobs/" + id).GET()).json();
    }

    /** Decides about a namespace or project, for example {@code github.com/flow}. */
    void allow(String key, String status) {
        String body = "{\"key\":\"" + key + "\",\"status\":\"" + status + "\",\"by\":\"ada\"}";
        Answer answer = send(request("/api/allowlist")
                .setHeader("Authorization", "Bearer " + World.ADMIN_TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        if (answer.status() != 200) {
            throw new IllegalStateException("The allowlist did not change: " + answer);
        }
    }

    private HttpRequest.Builder request(String target) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(root.resolve(target)).timeout(Duration.ofSeconds(10));
        return reader == null ? request : request.setHeader("Authorization", "Bearer " + reader);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
