package dev.forgeway.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * GitHub's side of its webhooks: builds deliveries of the documented shape
 * (https://docs.github.com/en/webhooks/webhook-events-and-payloads), signs and sends them. Deliveries are about the
 * simulated GitHub as it is when they are built.
 */
public final class GitHubWebhooks {

    private static final JsonTemplate PUSH = JsonTemplate.load("github-push.json");
    private static final JsonTemplate PING = JsonTemplate.load("github-ping.json");
    private static final long HOOK = 418_220_441;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final long checksApp;
    private final GitHubState state;
    private final GitHubObjects objects;
    private final GitHubComments comments;
    private final GitHubInstallations installations;
    private final URI target;
    private final String secret;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private volatile int size;

    GitHubWebhooks(
            GitHubState state,
            GitHubObjects objects,
            GitHubComments comments,
            GitHubInstallations installations,
            long checksApp,
            URI target,
            String secret) {
        this.checksApp = checksApp;
        this.state = state;
        this.objects = objects;
        this.comments = comments;
        this.installations = installations;
        this.target = target;
        this.secret = secret;
    }

    /** The value of X-Hub-Signature-256 (https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries). */
    public static String sign(String secret, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Deliveries about pull requests built from now on are at least this many bytes long (without it 20 to 25 KB). */
    public GitHubWebhooks padTo(int bytes) {
        this.size = bytes;
        return this;
    }

    /** A pull request was "opened", "reopened", "closed", "edited" or "labeled". */
    public WebhookDelivery pullRequest(String action, String repository, int number) {
        GitHubRepository at = state.get(repository);
        GitHubRepository.PullRequest pull =
                at.changePullRequest(number, before -> before.withState(action.equals("closed") ? "closed" : "open"));
        return delivery("pull_request", at, pull.author(), pullRequestBody(action, at, pull));
    }

    /** Commits were pushed to a pull request; before and after are head commits. */
    public WebhookDelivery synchronize(String repository, int number, String before, String after) {
        GitHubRepository at = state.get(repository);
        GitHubRepository.PullRequest pull = at.changePullRequest(number, was -> was.withHead(after));
        Map<String, @Nullable Object> body = pullRequestBody("synchronize", at, pull);
        body.put("before", before);
        body.put("after", after);
        return delivery("pull_request", at, pull.author(), body);
    }

    /** A person wrote a comment on a pull request or an issue, which is there from now on. */
    public WebhookDelivery comment(String repository, int issue, String author, String text) {
        GitHubRepository at = state.get(repository);
        return comment("created", repository, comments.add(at, issue, author, text));
    }

    /** A comment was "created", "edited" or "deleted". */
    public WebhookDelivery comment(String action, String repository, IssueComment comment) {
        return comment(action, repository, comment, action.equals("edited") ? "what it was before" : null);
    }

    /** A comment was edited; before is its earlier text. */
    public WebhookDelivery edited(String repository, IssueComment comment, String before) {
        return comment("edited", repository, comment, before);
    }

    private WebhookDelivery comment(String action, String repository, IssueComment comment, @Nullable String before) {
        GitHubRepository at = state.get(repository);
        String title = at.issueTitle(comment.issue());
        if (title == null) {
            throw new IllegalArgumentException("No issue " + repository + "#" + comment.issue());
        }
        String author = at.pullRequest(comment.issue())
                .map(GitHubRepository.PullRequest::author)
                .or(() -> at.issue(comment.issue()).map(GitHubRepository.Issue::author))
                .orElse("reporter");
        Map<String, @Nullable Object> body = Json.object("action", action);
        if (before != null) {
            body.put("changes", Map.of("body", Map.of("from", before)));
        }
        body.put("issue", objects.issue(at, comment.issue(), title, author));
        body.put("comment", objects.comment(at, comment));
        return delivery("issue_comment", at, comment.author(), body);
    }

    /** A person wrote a comment on a commit, which is there from now on. */
    public WebhookDelivery commitComment(String repository, String commit, String author, String text) {
        GitHubRepository at = state.get(repository);
        IssueComment comment = comments.add(at, IssueComment.onCommit(commit), author, text);
        Map<String, @Nullable Object> body = Json.object("action", "created");
        body.put("comment", objects.comment(at, commit, comment));
        return delivery("commit_comment", at, author, body);
    }

    /** An installation was "created", "deleted", "suspend" or "unsuspend"; repositories were "added" or "removed". */
    public WebhookDelivery installation(
            String action, String account, long id, String sender, List<String> repositories) {
        String event = action.matches("added|removed") ? "installation_repositories" : "installation";
        return other(event, installations.told(event, action, account, id, sender, repositories));
    }

    /** The delivery that GitHub sends when a webhook is made. */
    public WebhookDelivery ping(String repository) {
        GitHubRepository at = state.get(repository);
        return delivery("ping", at, at.owner(), PING.fill(Map.of("hook", HOOK, "target", target.toString())));
    }

    /** A commit that changes {@code README.md} was pushed to a branch or tag, for example {@code refs/heads/main}. */
    public WebhookDelivery push(String repository, String ref, String before, String after) {
        return push(repository, ref, before, after, List.of("README.md"));
    }

    /** A commit that changes these files was pushed. */
    public WebhookDelivery push(String repository, String ref, String before, String after, List<String> changed) {
        GitHubRepository at = state.get(repository);
        at.addCommit(after);
        Map<String, @Nullable Object> body = PUSH.fill(Json.object(
                "ref",
                ref,
                "before",
                before,
                "after",
                after,
                "created",
                before.matches("0+"),
                "deleted",
                after.matches("0+"),
                "changed",
                changed,
                "tree",
                GitHubContents.blobId(after),
                "page",
                "https://github.com/" + at.fullName(),
                "owner",
                at.owner()));
        return delivery("push", at, at.owner(), body);
    }

    /** A release was published from a branch, for a commit that has the tag from now on. */
    public WebhookDelivery release(String repository, String tag, String commit) {
        GitHubRepository at = state.get(repository);
        at.putTag(tag, commit);
        Map<String, @Nullable Object> body = Json.object("action", "published");
        body.put(
                "release",
                Json.object(
                        "id",
                        state.nextId(),
                        "tag_name",
                        tag,
                        "target_commitish",
                        "main",
                        "name",
                        tag,
                        "draft",
                        false,
                        "prerelease",
                        false,
                        "published_at",
                        "2025-11-17T16:02:31Z",
                        "html_url",
                        "https://github.com/" + at.fullName() + "/releases/tag/" + tag,
                        "author",
                        objects.user(at.owner())));
        return delivery("release", at, at.owner(), body);
    }

    /** A person wants one check of the App to run again. */
    public WebhookDelivery rerun(String repository, CheckRun check) {
        Map<String, @Nullable Object> run = Json.object(
                "id", check.id(),
                "name", check.name(),
                "head_sha", check.headSha(),
                "external_id", check.externalId(),
                "app", Json.object("id", checksApp));
        return rerequested("check_run", repository, run);
    }

    /** A person wants all checks of the App at a commit to run again. */
    public WebhookDelivery rerunAll(String repository, String commit) {
        Map<String, @Nullable Object> suite =
                Json.object("id", GitHubObjects.idOf(commit), "head_sha", commit, "app", Json.object("id", checksApp));
        return rerequested("check_suite", repository, suite);
    }

    private WebhookDelivery rerequested(String event, String repository, Map<String, @Nullable Object> subject) {
        GitHubRepository at = state.get(repository);
        Map<String, @Nullable Object> body = Json.object("action", "rerequested");
        body.put(event, subject);
        return delivery(event, at, at.owner(), body);
    }

    /** Any other delivery. */
    public WebhookDelivery other(String event, String body) {
        return new WebhookDelivery(event, UUID.randomUUID().toString(), body);
    }

    /** Sends a delivery with GitHub's headers and waits up to 10 seconds, as GitHub does, for the answer. */
    public WebhookDelivery.Answer send(WebhookDelivery delivery) {
        return send(delivery, sign(secret, delivery.body()));
    }

    /** Sends a delivery under another signature, for example a wrong one. */
    public WebhookDelivery.Answer send(WebhookDelivery delivery, String signature) {
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(PATIENCE)
                .header("Accept", "*/*")
                .header("Content-Type", "application/json")
                .header("User-Agent", "GitHub-Hookshot/4b1e6d2")
                .header("X-GitHub-Delivery", delivery.id())
                .header("X-GitHub-Event", delivery.event())
                .header("X-GitHub-Hook-ID", Long.toString(HOOK))
                .header("X-GitHub-Hook-Installation-Target-ID", "424242")
                .header("X-GitHub-Hook-Installation-Target-Type", "integration")
                .header("X-Hub-Signature-256", signature)
                .POST(HttpRequest.BodyPublishers.ofString(delivery.body()))
                .build();
        long start = System.nanoTime();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return new WebhookDelivery.Answer(response.statusCode(), response.body(), took);
        } catch (IOException e) {
            throw new UncheckedIOException(target.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Map<String, @Nullable Object> pullRequestBody(
            String action, GitHubRepository repository, GitHubRepository.PullRequest pull) {
        Map<String, @Nullable Object> json = objects.pullRequest(repository, pull);
        int missing = size
                - Json.write(json).length()
                - Json.write(objects.repository(repository)).length();
        if (missing > 0) {
            json.put("body", pull.body() + " ".repeat(2) + "More words. ".repeat(missing / 12 + 1));
        }
        return Json.object("action", action, "number", pull.number(), "pull_request", json);
    }

    private WebhookDelivery delivery(
            String event, GitHubRepository repository, String sender, Map<String, @Nullable Object> body) {
        body.put("repository", objects.repository(repository));
        body.put("sender", objects.user(sender));
        body.put(
                "installation",
                Json.object(
                        "id",
                        repository.installation(),
                        "node_id",
                        "MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9u" + repository.installation()));
        return other(event, Json.write(body));
    }
}
