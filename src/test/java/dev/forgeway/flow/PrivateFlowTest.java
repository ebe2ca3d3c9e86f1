package dev.forgeway.flow;

import static dev.forgeway.simulator.Faults.ALWAYS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.Response;
import dev.forgeway.simulator.WebhookDelivery;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What concerns a private repository is told to those who have the admin token, and to nobody else. */
@FlowTest
class PrivateFlowTest extends Flow {

    private Api anybody;

    @BeforeEach
    void comeWithoutAToken() {
        anybody = new Api(port, null);
    }

    @Test
    void tellsNobodyWithoutTheTokenWhatBecameOfAPrivateRepository() {
        api.allow("github.com/" + World.PRIVATE_NAMESPACE, "approved-manually");
        var pullRequest = pullRequest(World.PRIVATE_NAMESPACE, true).brings(PullRequestStory.config("fedora-rawhide"));
        String project = "github.com/" + pullRequest.repository();
        api.allow(project, "approved-manually");
        copr.faults().answer(CREATE_BUILD, ALWAYS, Response.json(500, Map.of("message", "Out.")));
        DeliveryStory opened = pullRequest.opens();
        String job = opened.jobIsEventually("error").path("id").asText();

        pause("pauses", project);
        try {
            isHidden(pullRequest, opened, job);
        } finally {
            pause("pauses/resume", project);
        }
        String discard = "{\"id\":\"" + job + "\",\"by\":\"ada\",\"note\":\"" + project + "\"}";
        assertThat(api.post("/api/dead-letters/discard", World.ADMIN_TOKEN, discard)
                        .status())
                .isEqualTo(200);
        String actions = "/api/actions?limit=200";
        assertThat(api.get(actions).json().toString()).contains(job);
        assertThat(anybody.get(actions).json().toString()).doesNotContain(pullRequest.repository(), job);
    }

    private void isHidden(PullRequestStory pullRequest, DeliveryStory opened, String job) {
        String project = "github.com/" + pullRequest.repository();
        List<String> told = List.of(
                "/api/deliveries?limit=200",
                "/api/deliveries?project=" + project,
                "/api/deliveries?project=" + project + "&pullRequest=" + pullRequest.number(),
                "/api/deliveries?commit=" + pullRequest.head(),
                "/api/jobs?limit=200",
                "/api/jobs?project=" + project,
                "/api/projects?limit=200",
                "/api/dead-letters?limit=200",
                "/api/dead-letters?project=" + project,
                "/api/allowlist?limit=200&after=github.com/" + World.PRIVATE_NAMESPACE,
                "/api/actions?limit=200",
                "/api/pauses");
        List<String> others = List.of("/api/gaps", "/api/installations", "/api/queues");
        for (String list : Stream.concat(told.stream(), others.stream()).toList()) {
            Api.Answer answer = anybody.get(list);
            assertThat(answer.status()).as(list).isEqualTo(200);
            assertThat(answer.json().toString())
                    .as(list)
                    .doesNotContain(pullRequest.repository(), pullRequest.head(), opened.id(), job);
        }
        for (String one : List.of("/api/deliveries/" + opened.id(), "/api/jobs/" + job, "/api/projects/" + project)) {
            assertThat(anybody.get(one).status()).as(one).isEqualTo(404);
            assertThat(new Api(port, "wrong").get(one).status()).as(one).isEqualTo(401);
            assertThat(api.get(one).status()).as(one).isEqualTo(200);
            assertThat(api.get(one).json().toString()).as(one).containsAnyOf(pullRequest.repository(), job);
        }
        String written = "/api/projects/GitHub.com/" + pullRequest.repository().toUpperCase(Locale.ROOT);
        assertThat(api.get(written).status()).isEqualTo(200);
        assertThat(anybody.get(written).status()).isEqualTo(404);
        assertThat(anybody.get(written).json().toString())
                .as("not even how it is spelled")
                .doesNotContain(pullRequest.repository());
        String none = UUID.randomUUID().toString();
        assertThat(anybody.delivery(opened.id()).json().toString())
                .as("as if there was none")
                .isEqualTo(anybody.delivery(none).json().toString().replace(none, opened.id()));
        for (String list : told) {
            assertThat(api.get(list).json().toString())
                    .as("with the token, " + list)
                    .containsAnyOf(pullRequest.repository(), opened.id(), job);
        }
    }

    @Test
    void tellsNobodyOfAPrivateRepositoryThatIsNotServed() {
        var pullRequest = pullRequest("flow", true);
        DeliveryStory opened = pullRequest.opens();
        opened.isEventually("filtered", "private-repository");

        assertThat(anybody.get("/api/deliveries?project=github.com/" + pullRequest.repository())
                        .json())
                .isEmpty();
        assertThat(anybody.delivery(opened.id()).status()).isEqualTo(404);
    }

    @Test
    void saysWhatAnApprovalAloneWouldNotChange() {
        var pullRequest = pullRequest("flow-stranger", true);
        pullRequest.opens().isEventually("filtered", "private-repository");

        assertThat(projectTold("github.com/" + pullRequest.repository(), "private-repository")
                        .path("why")
                        .asText())
                .contains("is unknown on the allowlist. Its last event was filtered, because: private-repository");
    }

    @Test
    void tellsEverybodyOfAPublicRepository() {
        var pullRequest = pullRequest("flow", false);
        DeliveryStory opened = pullRequest.opens();
        opened.isEventually("filtered", "no-package-config");

        assertThat(anybody.get("/api/deliveries/" + opened.id())).isEqualTo(api.get("/api/deliveries/" + opened.id()));
    }

    @Test
    void tellsOfWhatItCannotReadWithoutTheWordsThatMayTell() {
        WebhookDelivery broken =
                new WebhookDelivery("pull_request", UUID.randomUUID().toString(), "{\"action\":\"opened\"");
        DeliveryStory parked = DeliveryStory.accepted(api, webhooks.send(broken));
        JsonNode whole = parked.isEventually("parked", "invalid-json");

        JsonNode told = anybody.delivery(parked.id()).json();
        assertThat(told.path("reason").asText()).isEqualTo("invalid-json");
        assertThat(told.has("detail")).isFalse();
        assertThat(told.path("steps"))
                .hasSameSizeAs(whole.path("steps"))
                .allSatisfy(step -> assertThat(step.has("detail")).isFalse());
        assertThat(anybody.get("/api/dead-letters?id=" + parked.id()).json())
                .singleElement()
                .satisfies(letter -> assertThat(letter.has("detail")).isFalse());
    }

    private void pause(String path, String project) {
        String order = "{\"kind\":\"project\",\"name\":\"" + project + "\",\"by\":\"ada\"}";
        assertThat(api.post("/api/" + path, World.ADMIN_TOKEN, order).status()).isEqualTo(200);
    }
}
