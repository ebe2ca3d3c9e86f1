package dev.forgeway.simulator;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Tells webhooks that there is news of a request: its id and the token that was given with it, and nothing else. The states
 * of a real request are minutes apart, so that two notifications of one are never sent within a second.
 */
final class TestingFarmNotifications implements AutoCloseable {

    private static final long APART = TimeUnit.MILLISECONDS.toNanos(1_100);

    private final Map<String, Integer> ports = new ConcurrentHashMap<>();
    private final Map<String, Long> notBefore = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "TestingFarmNotifications");
        thread.setDaemon(true);
        return thread;
    });

    void resolve(String host, int port) {
        ports.put(host, port);
    }

    void later(Duration delay, Runnable what) {
        try {
            ScheduledFuture<?> unused = clock.schedule(what, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // Closed in the meantime: nobody waits for it any more.
            return;
        }
    }

    void send(String id, String url, String token) {
        long now = System.nanoTime();
        long at = notBefore.merge(id, now, (before, begin) -> Math.max(before + APART, begin));
        HttpRequest request = HttpRequest.newBuilder(resolved(URI.create(url)))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(Json.object("request_id", id, "token", token))))
                .build();
        later(Duration.ofNanos(at - now), () -> http.sendAsync(request, HttpResponse.BodyHandlers.discarding()));
    }

    private URI resolved(URI url) {
        Integer port = ports.get(url.getHost());
        return port == null ? url : URI.create("http://127.0.0.1:" + port + url.getRawPath());
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
