package dev.forgeway.flow;

import static dev.forgeway.flow.Flow.eventually;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Chromium in which a person does something, driven by its
 * <a href="https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#method-evaluate">DevTools protocol</a>.
 */
final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_SECONDS = 30;

    private final Process process;
    private final WebSocket page;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private int calls;

    /** Opens an address. */
    Browser(Path executable, Path folder, String url) throws IOException {
        this.process = new ProcessBuilder(
                        executable.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + folder,
                        url)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolveSibling("browser.log").toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        Path port = folder.resolve("DevToolsActivePort");
        List<String> told =
                eventually().ignoreExceptions().until(() -> Files.readAllLines(port), lines -> lines.size() == 2);
        Api devTools = new Api(Integer.parseInt(told.get(0)));
        JsonNode target = eventually()
                .ignoreExceptions()
                .until(
                        () -> devTools.get("/json/list").json().path(0),
                        found -> found.path("url").asText().equals(url));
        this.page = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(target.path("webSocketDebuggerUrl").asText()), new Listener())
                .join();
    }

    /** The value of an expression of JavaScript, as text; a promise is waited for. */
    String evaluate(String expression) {
        try {
            calls++;
            page.sendText(
                            JSON.writeValueAsString(Map.of(
                                    "id",
                                    calls,
                                    "method",
                                    "Runtime.evaluate",
                                    "params",
                                    Map.of("expression", expression, "awaitPromise", true, "returnByValue", true))),
                            true)
                    .join();
            String answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            JsonNode result = JSON.readTree(String.valueOf(answer)).path("result");
            if (result.has("exceptionDetails")) {
                throw new AssertionError(result.toPrettyString());
            }
            return result.at("/result/value").asText();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What a person reads in the element of this id. */
    String text(String id) {
        return evaluate("document.getElementById('" + id + "')?.innerText ?? ''");
    }

    /** Waits for all of its processes, which write to the folder until they end. */
    @Override
    public void close() {
        page.abort();
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().join());
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                answers.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
