package dev.forgeway.service.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service that gives prepared answers and remembers what it was asked. The last answer of a place repeats. */
public final class StubService implements AutoCloseable {

    /** What the service was asked. */
    public record Asked(String method, String path, String query, Map<String, List<String>> headers, String body) {

        public String header(String name) {
            return String.join(",", headers.getOrDefault(name, List.of()));
        }

        public JsonNode json() {
            return StubService.json(body);
        }
    }

    /** What the service answers with. */
    public record Answer(int status, Map<String, String> headers, String body) {}

    /** Answers in a way of its own. */
    public interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Deque<Behaviour>> behaviours = new HashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    public StubService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    public StubService on(String methodAndPath, int status, String json) {
        return on(methodAndPath, status, Map.of("Content-Type", "application/json; charset=utf-8"), json);
    }

    public StubService on(String methodAndPath, int status, Map<String, String> headers, String body) {
        return on(methodAndPath, exchange -> send(exchange, new Answer(status, headers, body)));
    }

    public synchronized StubService on(String methodAndPath, Behaviour behaviour) {
        behaviours.computeIfAbsent(methodAndPath, key -> new ArrayDeque<>()).add(behaviour);
        return this;
    }

    public List<Asked> asked() {
        return asked;
    }

    /** The requests to one place, in order. */
    public List<Asked> asked(String methodAndPath) {
        return asked.stream()
                .filter(a -> (a.method() + " " + a.path()).equals(methodAndPath))
                .toList();
    }

    public static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String query = exchange.getRequestURI().getQuery();
        String path = exchange.getRequestURI().getPath();
        asked.add(new Asked(
                exchange.getRequestMethod(), path, query == null ? "" : query, exchange.getRequestHeaders(), body));
        next(exchange.getRequestMethod() + " " + path).answer(exchange);
        exchange.close();
    }

    private synchronized Behaviour next(String key) {
        Deque<Behaviour> queue = behaviours.get(key);
        if (queue == null) {
            return exchange -> send(
                    exchange,
                    new Answer(
                            500, Map.of("Content-Type", "application/json"), "{\"error\":\"unexpected " + key + "\"}"));
        }
        return queue.size() > 1 ? queue.remove() : queue.element();
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
