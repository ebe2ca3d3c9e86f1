package dev.forgeway.handle.downstream;

import dev.forgeway.config.Settings;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Fetches the archives that spec files name. Their addresses are others' words: only public hosts are asked, beside the one
 * of dist-git itself, and what they send is limited in size and time.
 */
@Component
public class SourceArchives {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final long MOST_BYTES = 1024L * 1024 * 1024;
    private static final int MOST_REDIRECTS = 5;
    private static final int NOT_FOUND = 404;
    private static final int BUSY = 429;
    private static final int PART = 64 * 1024;

    private final String ownHost;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    public SourceArchives(Settings settings) {
        this.ownHost = settings.service().distGit().url().getHost();
    }

    /** @throws UserErrorException when it is not there, or not to be had from us */
    void fetch(String address, Path file) {
        URI uri = parse(address);
        try {
            for (int i = 0; i <= MOST_REDIRECTS; i++) {
                mustBePublic(uri);
                HttpRequest request = HttpRequest.newBuilder(uri)
                        .timeout(LIMIT)
                        .header("User-Agent", "forgeway")
                        .build();
                HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
                try (InputStream body = answer.body()) {
                    String location = answer.headers().firstValue("Location").orElse(null);
                    if (answer.statusCode() / 100 != 3 || location == null) {
                        keep(uri, answer.statusCode(), body, file);
                        return;
                    }
                    uri = uri.resolve(parse(location));
                }
            }
            throw new UserErrorException(address + " leads from one place to another too often");
        } catch (IOException e) {
            throw new TransientException("could not fetch " + uri.getHost() + uri.getRawPath(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientException("stopped while fetching a source", e);
        }
    }

    private static URI parse(String address) {
        try {
            return URI.create(address.replaceFirst("#.*$", ""));
        } catch (IllegalArgumentException e) {
            throw new UserErrorException("The source " + address + " is no address");
        }
    }

    private void mustBePublic(URI uri) throws UnknownHostException {
        String host = uri.getHost();
        if (host == null || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
            throw new UserErrorException("The source " + uri + " is no address of the web");
        }
        if (host.equals(ownHost)) {
            return;
        }
        for (InetAddress address : InetAddress.getAllByName(host)) {
            boolean uniqueLocal = address.getAddress().length == 16 && (address.getAddress()[0] & 0xfe) == 0xfc;
            if (uniqueLocal
                    || address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || address.isLinkLocalAddress()
                    || address.isSiteLocalAddress()
                    || address.isMulticastAddress()) {
                throw new UserErrorException("The source " + uri + " is not on a public host");
            }
        }
    }

    private static void keep(URI uri, int status, InputStream body, Path file) throws IOException {
        if (status >= 500 || status == BUSY) {
            throw new TransientException(uri.getHost() + " answered with " + status);
        }
        if (status != 200) {
            throw new UserErrorException(
                    status == NOT_FOUND ? "There is no source at " + uri : uri + " was refused with " + status);
        }
        long end = System.nanoTime() + LIMIT.toNanos();
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] part = new byte[PART];
            long size = 0;
            for (int read = body.read(part); read >= 0; read = body.read(part)) {
                size += read;
                if (size > MOST_BYTES || System.nanoTime() - end > 0) {
                    throw new UserErrorException("The source " + uri + " is too large, or comes too slowly");
                }
                out.write(part, 0, read);
            }
        }
    }
}
