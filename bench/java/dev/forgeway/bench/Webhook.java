package dev.forgeway.bench;

import dev.forgeway.simulator.GitHubSimulator;
import dev.forgeway.simulator.GitHubWebhooks;
import dev.forgeway.simulator.WebhookDelivery;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A signed delivery of 25 KB as bytes of HTTP; only its GUID is a new one for each request. */
final class Webhook {

    static final String SECRET = "benchmark-webhook-secret";

    static final String COMMIT = "528b803be6f93e19ca4130bf4976f2800a3004c4";

    private static final int NUMBER = 342;
    private static final int SIZE = 25_000;

    private final String head;
    private final byte[] body;
    private final String signature;

    /** A pull request of packit/hello was opened. */
    Webhook() {
        this(NUMBER);
    }

    /** A pull request of packit/hello with this number was opened. */
    Webhook(int number) {
        this("packit/hello", number, null);
    }

    /**
     * Something happened to a pull request of a repository.
     *
     * @param comment what somebody wrote; null when it was opened
     */
    Webhook(String repository, @Nullable String comment) {
        this(repository, NUMBER, comment);
    }

    private Webhook(String repository, int number, @Nullable String comment) {
        try (GitHubSimulator github = new GitHubSimulator()) {
            github.addRepository(repository, false);
            github.addPullRequest(repository, number, COMMIT, "lbarcziova", "fix-typo", "main");
            GitHubWebhooks webhooks =
                    github.webhooks(URI.create("http://127.0.0.1/"), SECRET).padTo(SIZE);
            WebhookDelivery delivery = comment == null
                    ? webhooks.pullRequest("opened", repository, number)
                    : webhooks.comment(repository, number, "lbarcziova", comment);
            this.body = delivery.body().getBytes(StandardCharsets.UTF_8);
            this.head = """
                    POST /webhooks/github HTTP/1.1\r
                    Host: 127.0.0.1\r
                    User-Agent: GitHub-Hookshot/bench\r
                    Accept: */*\r
                    Content-Type: application/json\r
                    Content-Length: %d\r
                    X-GitHub-Event: %s\r
                    """.formatted(body.length, comment == null ? "pull_request" : "issue_comment");
            this.signature = GitHubWebhooks.sign(SECRET, delivery.body());
        }
    }

    /** What the sender tells. */
    byte[] payload() {
        return body.clone();
    }

    /** The bytes of one request. */
    byte[] request() {
        return request(body, signature);
    }

    /** The bytes of a request about another commit, which gets a first status of its own. */
    byte[] requestOfANewCommit() {
        String commit = (UUID.randomUUID().toString() + UUID.randomUUID())
                .replace("-", "")
                .substring(0, COMMIT.length());
        String json = new String(body, StandardCharsets.UTF_8).replace(COMMIT, commit);
        return request(json.getBytes(StandardCharsets.UTF_8), GitHubWebhooks.sign(SECRET, json));
    }

    private byte[] request(byte[] json, String signed) {
        String rest = "X-Hub-Signature-256: " + signed + "\r\nX-GitHub-Delivery: " + UUID.randomUUID() + "\r\n\r\n";
        byte[] start = (head + rest).getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[start.length + json.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(json, 0, request, start.length, json.length);
        return request;
    }

    int size() {
        return body.length;
    }

    /** The JSON alone. */
    byte[] body() {
        return body.clone();
    }
}
