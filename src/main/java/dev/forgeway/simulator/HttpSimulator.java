package dev.forgeway.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A service that speaks HTTP on the loopback interface, remembers every call and fails on demand. Safe for use by many
 * threads. Closing it also lets go whatever hangs.
 */
public abstract class HttpSimulator implements AutoCloseable {

    static {
        // Without it every small answer on a kept-alive connection waits 40 ms for the caller's delayed ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Duration LONGEST_HANG = Duration.ofMinutes(10);

    private record Recorded(String line, Call call) {}

    private final Router router = new Router();
    private final Faults faults = new Faults();
    private final Queue<Recorded> calls = new ConcurrentLinkedQueue<>();
    private final ExecutorService workers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, getClass().getSimpleName());
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable HttpServer server;
    private int port;

    /** @param port 0 takes any free one */
    HttpSimulator(int port) {
        this.port = port;
    }

    /** Where the service is, for example {@code http://127.0.0.1:43210}. */
    public final URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** The TCP port, the same also after {@link #stopListening} and {@link #startListening}. */
    public final synchronized int port() {
        return port;
    }

    /** What goes wrong here. */
    public final Faults faults() {
        return faults;
    }

    /** Every call so far, in the order in which they were done. */
    public final List<Call> calls() {
        return calls.stream().map(Recorded::call).toList();
    }

    /** The calls whose "METHOD /path" begins like this; {@code {anything}} stands for one segment of the path. */
    public final List<Call> calls(String methodAndPathPrefix) {
        CallPattern pattern = new CallPattern(methodAndPathPrefix);
        return calls.stream()
                .filter(recorded -> pattern.matches(recorded.line()))
                .map(Recorded::call)
                .toList();
    }

    /** Forgets the calls so far. */
    public final void forgetCalls() {
        calls.clear();
    }

    /** Refuses connections and closes the open ones until {@link #startListening}. */
    public final synchronized void stopListening() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    /** Accepts connections, on the same port as before. */
    public final synchronized void startListening() {
        if (server != null) {
            return;
        }
        try {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            HttpServer created = HttpServer.create(new InetSocketAddress(loopback, port), 1024);
            created.setExecutor(workers);
            created.createContext("/", this::serve);
            created.start();
            port = created.getAddress().getPort();
            server = created;
        } catch (IOException e) {
            throw new UncheckedIOException("Port " + port, e);
        }
    }

    @Override
    public void close() {
        faults.clear();
        stopListening();
        workers.shutdownNow();
    }

    final void route(String method, String template, Router.Handler handler) {
        router.add(method, template, handler);
    }

    /** Does what the service does. Overridden to let only known callers in. */
    Response perform(Request request) {
        try {
            return router.handle(request).orElseGet(() -> unknownPath(request));
        } catch (Refusal e) {
            return e.response();
        } catch (RuntimeException e) {
            return Response.json(500, Json.object("message", "Bug in the simulator: " + e, "error", e.toString()));
        }
    }

    /** What patterns are matched against; may say more than "METHOD target" where all calls have the same. */
    String line(Request request) {
        return request.line();
    }

    /** How the service answers a path that it does not have. */
    abstract Response unknownPath(Request request);

    private void serve(HttpExchange exchange) throws IOException {
        try {
            Instant at = Instant.now();
            Request request = read(exchange);
            String line = line(request);
            faults.awaitDelay(line);
            Optional<Faults.Fault> fault = faults.next(line);
            Faults.Kind kind = fault.map(Faults.Fault::kind).orElse(null);
            if (kind == Faults.Kind.HANG || kind == Faults.Kind.DROP_BEFORE) {
                record(request, line, 0, false, at);
                if (kind == Faults.Kind.HANG) {
                    faults.awaitRelease(LONGEST_HANG);
                    send(exchange, Response.json(503, Map.of("message", "This took too long")));
                }
                return;
            }
            Response response = kind == Faults.Kind.ANSWER ? fault.orElseThrow().response() : perform(request);
            record(request, line, response.status(), kind != Faults.Kind.DROP_AFTER, at);
            if (kind == Faults.Kind.HOLD_ANSWER) {
                faults.awaitRelease(LONGEST_HANG);
            }
            if (kind != Faults.Kind.DROP_AFTER) {
                send(exchange, response);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // Closing an exchange that has no answer yet closes its connection.
            exchange.close();
        }
    }

    private void record(Request request, String line, int status, boolean answered, Instant at) {
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        headers.computeIfPresent("authorization", (name, value) -> value.replaceFirst("\\s.*", ""));
        Call call = new Call(
                request.method(),
                request.target(),
                headers,
                request.body(),
                status,
                answered,
                at,
                Duration.between(at, Instant.now()));
        calls.add(new Recorded(line, call));
    }

    private static Request read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        String body = new String(exchange.getRequestBody().readAllBytes(), charset(headers.get("content-type")));
        URI uri = exchange.getRequestURI();
        String target = uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
        return new Request(exchange.getRequestMethod(), target, query(uri.getRawQuery()), headers, Map.of(), body);
    }

    /** What is no text is kept in texts whose every character is one byte. */
    private static Charset charset(@Nullable String type) {
        return type != null && (type.startsWith("application/x-git-") || type.startsWith("multipart/form-data"))
                ? StandardCharsets.ISO_8859_1
                : StandardCharsets.UTF_8;
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                query.put(
                        URLDecoder.decode(name, StandardCharsets.UTF_8),
                        URLDecoder.decode(value, StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        response.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] body = response.body().getBytes(charset(response.headers().get("Content-Type")));
        exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
