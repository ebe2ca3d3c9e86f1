package dev.forgeway.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A caller over real HTTP. */
final class Http {

    record Answer(int status, String body, HttpResponse<String> response) {

        JsonNode json() throws IOException {
            return Json.read(body);
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpSimulator service;
    private final String authorization;

    Http(HttpSimulator service, String authorization) {
        this.service = service;
        this.authorization = authorization;
    }

    Answer get(String target) throws IOException, InterruptedException {
        return send("GET", target, "");
    }

    Answer post(String target, String body) throws IOException, InterruptedException {
        return send("POST", target, body);
    }

    Answer send(String method, String target, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.url() + target))
                .timeout(Duration.ofSeconds(2))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body(), response);
    }
}
