package dev.forgeway.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that people ask the API for, with several examples of it that are asked in turn.
 *
 * @param name for people
 * @param status of the answer
 */
record Search(String name, int status, List<String> paths) {

    /** What the times of many questions were, in milliseconds. */
    record Times(double median, double slow) {}

    static Search of(String name, String... paths) {
        return new Search(name, 200, List.of(paths));
    }

    static Search missing(String name, String... paths) {
        return new Search(name, 404, List.of(paths));
    }

    /**
     * Asks so often for nothing, and then so often with the clock.
     *
     * @param token who asks; null for everybody, who is told nothing of private projects
     */
    Times ask(HttpClient http, int port, @Nullable String token, int warmUp, int times)
            throws IOException, InterruptedException {
        double[] millis = new double[times];
        for (int i = -warmUp; i < times; i++) {
            String path = paths.get(Math.floorMod(i, paths.size()));
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
            if (token != null) {
                request.header("Authorization", "Bearer " + token);
            }
            long start = System.nanoTime();
            HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() != status) {
                throw new IllegalStateException(path + " was answered with " + answer.statusCode());
            }
            if (i >= 0) {
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        Arrays.sort(millis);
        return new Times(millis[times / 2], millis[(int) Math.ceil(times * 0.99) - 1]);
    }
}
