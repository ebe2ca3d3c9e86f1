package dev.forgeway.handle.downstream;

import dev.forgeway.config.Settings;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.service.http.WholeExchange;
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
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Fetches the archives that spec files name. Their addresses are others' words: only public hosts are asked, beside
 * dist-git itself, and what they send is limited in size and time.
 */
@Component
public class SourceArchives {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final long MOST_BYTES = 1024L * 1024 * 1024;
    private static final int MOST_REDIRECTS = 5;
    private static final int NOT_FOUND = 404;
    private static final int BUSY = 429;
    private static final int PART = 64 * 1024;

    private final URI own;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    public SourceArchives(Settings settings) {
        this.own = settings.service().distGit().url();
    }

    /** @throws UserErrorException when it is not there, or not to be had from us */
    void fetch(String address, Path file) {
        fetch(address, file, LIMIT);
    }

    /** @param limit for all of it, however often it leads elsewhere */
    void fetch(String address, Path file, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        URI uri = parse(address);
        try {
            for (int i = 0; i <= MOST_REDIRECTS; i++) {
                mustBePublic(uri);
                URI at = uri;
                HttpRequest.Builder request = HttpRequest.newBuilder(at).header("User-Agent", "forgeway");
                Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
                Optional<String> location =
                        WholeExchange.send(client, request, left, answer -> read(at, answer, file, end));
                if (location.isEmpty()) {
                    return;
                }
                uri = uri.resolve(parse(location.get()));
            }
            throw new UserErrorException(address + " leads from one place to another too often");
        } catch (IOException e) {
            throw new TransientException("could not fetch " + uri.getHost() + uri.getRawPath(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientException("stopped while fetching a source", e);
        }
    }

    /** Where it is instead; empty when it is in the file. */
    private static Optional<String> read(URI uri, HttpResponse<InputStream> answer, Path file, long end)
            throws IOException {
        Optional<String> location = answer.headers().firstValue("Location");
        if (answer.statusCode() / 100 == 3 && location.isPresent()) {
            return location;
        }
        keep(uri, answer.statusCode(), answer.body(), file, end);
        return Optional.empty();
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
        if (host.equalsIgnoreCase(own.getHost()) && port(uri) == port(own)) {
            return;
        }
        for (InetAddress address : InetAddress.getAllByName(host)) {
            if (!isPublic(address)) {
                throw new UserErrorException("The source " + uri + " is not on a public host");
            }
        }
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    /** Whether an address can be that of somebody else's host in the internet (the registries of RFC 6890 say which cannot). */
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean special = bytes.length == 4
                ? first == 0 // this network
                        || first >= 240 // reserved, and broadcast
                        || (first == 100 && (second & 0xc0) == 64) // shared by the customers of a provider
                        || (first == 192 && second == 0 && bytes[2] == 0) // for protocols
                        || (first == 198 && (second & 0xfe) == 18) // for measurements
                : (first & 0xfe) == 0xfc; // unique local
        return !special
                && !address.isLoopbackAddress()
                && !address.isAnyLocalAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress();
    }

    private static void keep(URI uri, int status, InputStream body, Path file, long end) throws IOException {
        if (status >= 500 || status == BUSY) {
            throw new TransientException(uri.getHost() + " answered with " + status);
        }
        if (status != 200) {
            throw new UserErrorException(
                    status == NOT_FOUND ? "There is no source at " + uri : uri + " was refused with " + status);
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] part = new byte[PART];
            long size = 0;
            for (int read = body.read(part); read >= 0; read = body.read(part)) {
                size += read;
                if (size > MOST_BYTES) {
                    throw new UserErrorException("The source " + uri + " is too large");
                }
                out.write(part, 0, read);
            }
        } catch (IOException e) {
            if (System.nanoTime() - end < 0) {
                throw e;
            }
            throw new UserErrorException("The source " + uri + " comes too slowly");
        }
    }
}
