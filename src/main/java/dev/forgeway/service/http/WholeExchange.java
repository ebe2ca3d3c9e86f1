package dev.forgeway.service.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Exchanges whose answer is read within a limit of time too. Java's own time-out of a request ends when the headers of the
 * answer are there ({@link HttpRequest.Builder#timeout}), after which a silent host would hold its caller for good.
 */
public final class WholeExchange {

    private WholeExchange() {}

    /** Reads an answer. */
    public interface Reader<T> {

        /** What becomes of the answer; its body is closed afterwards. */
        T read(HttpResponse<InputStream> answer) throws IOException;
    }

    /**
     * Sends a request and reads its answer.
     *
     * @param limit from the connection to the end of the body
     * @throws HttpTimeoutException when it takes longer
     */
    public static <T> T send(HttpClient client, HttpRequest.Builder request, Duration limit, Reader<T> reader)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        HttpResponse<InputStream> answer =
                client.send(request.timeout(limit).build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            AtomicBoolean late = new AtomicBoolean();
            long left = Math.max(0, limit.toNanos() - (System.nanoTime() - start));
            CompletableFuture<Void> end = CompletableFuture.runAsync(
                    () -> {
                        late.set(true);
                        close(body);
                    },
                    CompletableFuture.delayedExecutor(left, TimeUnit.NANOSECONDS));
            try {
                T read = reader.read(answer);
                if (late.get()) {
                    throw new HttpTimeoutException("the answer did not end in time");
                }
                return read;
            } catch (IOException e) {
                if (late.get()) {
                    HttpTimeoutException timeout = new HttpTimeoutException("the answer did not end in time");
                    timeout.addSuppressed(e);
                    throw timeout;
                }
                throw e;
            } finally {
                end.cancel(true);
            }
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
