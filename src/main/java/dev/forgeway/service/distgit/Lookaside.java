package dev.forgeway.service.distgit;

import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.service.http.WholeExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The lookaside cache, which keeps the sources of packages by their hashes
 * (https://docs.fedoraproject.org/en-US/package-maintainers/Package_Maintenance_Guide/). It is told by forms what is
 * meant, and with the file in it what it is to keep; Fedora's knows people by their Kerberos tickets.
 */
public final class Lookaside {

    private static final Duration ASKING = Duration.ofSeconds(30);
    private static final Duration UPLOADING = Duration.ofMinutes(10);
    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final String LINE = "\r\n";

    private final URI url;
    private final Duration asking;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    public Lookaside(DistGitAccess access) {
        this(access, ASKING);
    }

    /** @param asking how long a question may take */
    Lookaside(DistGitAccess access, Duration asking) {
        this.url = access.lookasideUrl();
        this.asking = asking;
    }

    /**
     * Whether a source of a package is there.
     *
     * @throws TransientException when the cache does not answer whole in time, or does not let us in
     * @throws UserErrorException when it refuses what is asked
     */
    public boolean has(String packageName, String file, String sha512) {
        String answer =
                send(new Form(packageName, sha512).field("filename", file).parts(), asking, "ask for " + file);
        return answer.strip().equals("Available");
    }

    /**
     * Puts a source of a package there; doing so again changes nothing.
     *
     * @throws TransientException when the cache does not answer whole in time, or does not let us in
     * @throws UserErrorException when it refuses the source
     */
    public void upload(String packageName, String name, String sha512, Path content) {
        send(new Form(packageName, sha512).file(name, content).parts(), UPLOADING, "upload " + name);
    }

    private String send(List<BodyPublisher> parts, Duration limit, String what) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("User-Agent", "forgeway")
                .header("Content-Type", "multipart/form-data; boundary=" + Form.BOUNDARY)
                .POST(BodyPublishers.concat(parts.toArray(BodyPublisher[]::new)));
        KerberosTicket.forHost(url.getHost()).ifPresent(ticket -> request.header("Authorization", ticket));
        try {
            return WholeExchange.send(client, request, limit, answer -> read(answer, what));
        } catch (IOException e) {
            throw new TransientException("The lookaside cache did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientException("stopped while waiting for the lookaside cache", e);
        }
    }

    private static String read(HttpResponse<InputStream> answer, String what) throws IOException {
        int status = answer.statusCode();
        if (status == 200) {
            return new String(answer.body().readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
        }
        if (status >= 500 || status == 429) {
            throw new TransientException("The lookaside cache answered with " + status);
        }
        if (status == 401 || status == 403) {
            throw new TransientException("The lookaside cache did not let us " + what + " (" + status
                    + "): check the Kerberos ticket (docs/propose-downstream.md)");
        }
        throw new UserErrorException("The lookaside cache refused to " + what + " with " + status);
    }

    /** A form as RFC 7578 has it, with the fields that every call has. */
    private static final class Form {

        static final String BOUNDARY = "forgeway-" + UUID.randomUUID();

        private final List<BodyPublisher> parts = new ArrayList<>();

        Form(String packageName, String sha512) {
            field("name", "rpms/" + packageName);
            field("sha512sum", sha512);
        }

        Form field(String name, String value) {
            parts.add(BodyPublishers.ofString("--" + BOUNDARY + LINE + "Content-Disposition: form-data; name=\"" + name
                    + "\"" + LINE + LINE + value + LINE));
            return this;
        }

        Form file(String name, Path content) {
            parts.add(BodyPublishers.ofString("--" + BOUNDARY + LINE
                    + "Content-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"" + LINE
                    + "Content-Type: application/octet-stream" + LINE + LINE));
            try {
                parts.add(BodyPublishers.ofFile(content));
            } catch (IOException e) {
                throw new IllegalStateException("the source was there a moment ago", e);
            }
            parts.add(BodyPublishers.ofString(LINE));
            return this;
        }

        List<BodyPublisher> parts() {
            parts.add(BodyPublishers.ofString("--" + BOUNDARY + "--" + LINE));
            return parts;
        }
    }
}
