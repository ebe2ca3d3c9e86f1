package dev.forgeway.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GitHubWebhooksTest {

    private static final String REPOSITORY = "packit/hello-world";
    private static final String SHA = "528b803be6f93e19ca4130bf4976f2800a3004c4";
    private static final String SECRET = "It's a Secret to Everybody";

    private final GitHubSimulator gitHub = new GitHubSimulator();
    private final Receiver receiver = new Receiver();
    private final GitHubWebhooks webhooks = gitHub.webhooks(URI.create(receiver.url() + "/webhooks/github"), SECRET);

    /** Whatever listens to GitHub. */
    private static final class Receiver extends HttpSimulator {

        Receiver() {
            super(0);
            route("POST", "/webhooks/github", request -> Response.json(202, Map.of("status", "accepted")));
            startListening();
        }

        @Override
        Response unknownPath(Request request) {
            return Response.html(404, "");
        }
    }

    @BeforeEach
    void addRepository() {
        gitHub.addRepository(REPOSITORY, false)
                .addPullRequest(REPOSITORY, 342, SHA, "lbarcziova", "topic", "main")
                .addIssue(REPOSITORY, 7, "Broken");
    }

    @AfterEach
    void close() {
        gitHub.close();
        receiver.close();
    }

    @Test
    void signsAsGitHubsDocumentationSays() {
        assertThat(GitHubWebhooks.sign(SECRET, "Hello, World!"))
                .isEqualTo("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
    }

    @Test
    void sendsGitHubsHeadersAndAValidSignature() {
        WebhookDelivery delivery = webhooks.pullRequest("opened", REPOSITORY, 342);
        WebhookDelivery.Answer answer = webhooks.send(delivery);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).contains("accepted");
        Call call = receiver.calls("POST /webhooks/github").get(0);
        assertThat(call.body()).isEqualTo(delivery.body());
        assertThat(call.headers())
                .containsEntry("x-hub-signature-256", GitHubWebhooks.sign(SECRET, delivery.body()))
                .containsEntry("x-github-event", "pull_request")
                .containsEntry("x-github-delivery", delivery.id())
                .containsEntry("x-github-hook-installation-target-type", "integration")
                .containsKeys("x-github-hook-id", "x-github-hook-installation-target-id");
        assertThat(call.headers().get("user-agent")).startsWith("GitHub-Hookshot/");
    }

    @Test
    void describesAPullRequestInFull() throws Exception {
        WebhookDelivery delivery = webhooks.pullRequest("opened", REPOSITORY, 342);
        assertThat(delivery.body().length()).isBetween(18_000, 26_000);
        JsonNode body = Json.read(delivery.body());
        assertThat(body.path("action").asText()).isEqualTo("opened");
        assertThat(body.path("number").asInt()).isEqualTo(342);
        assertThat(body.at("/pull_request/head/sha").asText()).isEqualTo(SHA);
        assertThat(body.at("/pull_request/head/repo/full_name").asText()).isEqualTo("lbarcziova/hello-world");
        assertThat(body.at("/pull_request/base/repo/full_name").asText()).isEqualTo(REPOSITORY);
        assertThat(body.at("/pull_request/base/ref").asText()).isEqualTo("main");
        assertThat(body.at("/repository/private").asBoolean(true)).isFalse();
        assertThat(body.at("/sender/login").asText()).isEqualTo("lbarcziova");
        assertThat(body.at("/installation/id").asLong()).isEqualTo(gitHub.installationId(REPOSITORY));
        assertThat(delivery.body()).doesNotContain("$");
    }

    @Test
    void growsADeliveryToASize() {
        webhooks.padTo(100_000);
        assertThat(webhooks.pullRequest("opened", REPOSITORY, 342).body().length())
                .isBetween(100_000, 105_000);
    }

    @Test
    void movesTheHeadWithASynchronize() throws Exception {
        JsonNode body =
                Json.read(webhooks.synchronize(REPOSITORY, 342, SHA, "f00d").body());
        assertThat(body.path("before").asText()).isEqualTo(SHA);
        assertThat(body.path("after").asText()).isEqualTo("f00d");
        assertThat(body.at("/pull_request/head/sha").asText()).isEqualTo("f00d");
        JsonNode closed =
                Json.read(webhooks.pullRequest("closed", REPOSITORY, 342).body());
        assertThat(closed.at("/pull_request/state").asText()).isEqualTo("closed");
        assertThat(closed.at("/pull_request/head/sha").asText()).isEqualTo("f00d");
    }

    @Test
    void tellsCommentsOnPullRequestsFromThoseOnIssues() throws Exception {
        WebhookDelivery onPull = webhooks.comment(REPOSITORY, 342, "lbarcziova", "/packit build");
        JsonNode body = Json.read(onPull.body());
        assertThat(onPull.event()).isEqualTo("issue_comment");
        assertThat(body.at("/comment/body").asText()).isEqualTo("/packit build");
        assertThat(body.at("/issue/pull_request").isObject()).isTrue();
        IssueComment comment = gitHub.comments(REPOSITORY, 342).get(0);
        assertThat(body.at("/comment/id").asLong()).isEqualTo(comment.id());
        assertThat(Json.read(webhooks.comment("edited", REPOSITORY, comment).body())
                        .has("changes"))
                .isTrue();
        JsonNode onIssue = Json.read(
                webhooks.comment(REPOSITORY, 7, "lbarcziova", "Me too").body());
        assertThat(onIssue.path("issue").has("pull_request")).isFalse();
    }

    @Test
    void sendsPingsPushesAndAnythingElse() throws Exception {
        JsonNode ping = Json.read(webhooks.ping(REPOSITORY).body());
        assertThat(List.of(ping.has("zen"), ping.has("hook_id"), ping.has("hook")))
                .containsOnly(true);
        JsonNode push = Json.read(
                webhooks.push(REPOSITORY, "refs/heads/main", SHA, "f00d").body());
        assertThat(push.at("/head_commit/id").asText()).isEqualTo("f00d");
        webhooks.send(webhooks.other("star", "{}"), "sha256=wrong");
        assertThat(receiver.calls().get(0).headers()).containsEntry("x-hub-signature-256", "sha256=wrong");
    }
}
