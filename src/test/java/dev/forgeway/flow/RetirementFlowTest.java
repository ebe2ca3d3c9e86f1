package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.Faults;
import dev.forgeway.simulator.GitHubIssue;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** The GitHub App is installed and never used: the account is warned, and the installation suspended. */
@FlowTest
class RetirementFlowTest extends Flow {

    private static final Duration LONG_AGO = Duration.ofDays(31);

    private final String account = "idle-" + UUID.randomUUID().toString().substring(0, 8);
    private final String repository = account + "/hello";

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    MeterRegistry registry;

    private long installedLongAgo() {
        github.addRepository(World.APPROVALS, false).addRepository(repository, false);
        long id = github.installationId(repository);
        DeliveryStory.accepted(
                        api, webhooks.send(webhooks.installation("created", account, id, "ada", List.of(repository))))
                .jobIsEventually("succeeded");
        jdbc.update(
                "update installation set changed_at = ? where id = ?",
                OffsetDateTime.now().minus(LONG_AGO),
                id);
        return id;
    }

    private JsonNode retirement(long id) {
        for (JsonNode installation : api.get("/api/installations?retired=true").json()) {
            if (installation.path("id").asLong() == id) {
                return installation.path("retirement");
            }
        }
        return api.get("/api/installations?before=0").json();
    }

    private List<GitHubIssue> warnings() {
        return github.issues(World.APPROVALS).stream()
                .filter(issue -> issue.title().equals(account + " does not use the App"))
                .toList();
    }

    @Test
    void warnsAndSuspendsOnceAndBeginsAnewWhenItIsUsedAgain() {
        long id = installedLongAgo();

        JsonNode listed = eventually().until(() -> retirement(id), found -> found.has("warnedAt"));
        assertThat(listed.has("doneAt")).isFalse();
        assertThat(warnings())
                .singleElement()
                .satisfies(issue -> assertThat(issue.body()).contains("none of its 1 repositories", "in 14 days"));
        assertThat(registry.get("forgeway.schedule.retirement.installations")
                        .gauge()
                        .value())
                .isPositive();

        jdbc.update(
                "update retirement set warned_at = ? where installation_id = ?",
                OffsetDateTime.now().minus(LONG_AGO),
                id);

        JsonNode ended = eventually().until(() -> retirement(id), found -> found.has("doneAt"));
        assertThat(ended.path("action").asText()).isEqualTo("suspend");
        assertThat(ended.path("detail").asText()).isEqualTo("was suspended");
        assertThat(github.calls("PUT /app/installations/" + id + "/suspended")).hasSize(1);
        DeliveryStory.accepted(api, webhooks.send(webhooks.installation("suspend", account, id, "ada", List.of())))
                .jobIsEventually("succeeded");
        assertThat(api.get("/api/projects/github.com/" + repository)
                        .json()
                        .at("/installation/state")
                        .asText())
                .isEqualTo("suspended");
        assertThat(warnings()).hasSize(1);

        DeliveryStory.accepted(api, webhooks.send(webhooks.installation("unsuspend", account, id, "ada", List.of())))
                .jobIsEventually("succeeded");
        jdbc.update(
                "update retirement set done_at = ? where installation_id = ?",
                OffsetDateTime.now().minus(LONG_AGO).minusDays(1),
                id);
        jdbc.update(
                "update installation set changed_at = ? where id = ?",
                OffsetDateTime.now().minus(LONG_AGO),
                id);

        JsonNode again =
                eventually().until(() -> retirement(id), found -> found.has("warnedAt") && !found.has("doneAt"));
        assertThat(again.has("action")).isFalse();
        assertThat(warnings()).hasSize(2);
    }

    @Test
    void keepsWhatItSuspendedWithoutGettingAnAnswer() {
        long id = installedLongAgo();
        String suspends = "PUT /app/installations/" + id + "/suspended";
        github.faults().dropAfter(suspends, Faults.ALWAYS);
        eventually().until(() -> retirement(id), found -> found.has("warnedAt"));
        jdbc.update(
                "update retirement set warned_at = ? where installation_id = ?",
                OffsetDateTime.now().minus(LONG_AGO),
                id);
        eventually().until(() -> github.calls(suspends), calls -> !calls.isEmpty());

        webhooks.send(webhooks.installation("suspend", account, id, "ada", List.of()));

        JsonNode ended = eventually().until(() -> retirement(id), found -> found.has("doneAt"));
        assertThat(ended.path("action").asText()).isEqualTo("suspend");
    }

    @Test
    void warnsNobodyWhosePackageConfigNobodyHadAReasonToLookFor() {
        github.addRepository(repository, false).putFile(repository, "main", ".packit.yaml", "jobs: []\n");
        long id = installedLongAgo();

        eventually()
                .until(
                        () -> api.get("/api/projects/github.com/" + repository).json(),
                        known -> known.at("/config/state").asText().equals("present"));

        eventually().until(() -> retirement(id), found -> !found.has("foundAt"));
        assertThat(warnings()).isEmpty();
    }

    @Test
    void takesOffTheListAndLeavesAloneWhatGotAPackageConfig() {
        long id = installedLongAgo();
        eventually().until(() -> retirement(id), found -> found.has("warnedAt"));

        jdbc.update(
                "insert into project (key_name, config_state, config_commit, config_at, last_present_at, absences,"
                        + " looked_for) values (?, 'present', 'c', ?, ?, 0, 'x')",
                "github.com/" + repository,
                OffsetDateTime.now(),
                OffsetDateTime.now());
        jdbc.update(
                "update retirement set warned_at = ? where installation_id = ?",
                OffsetDateTime.now().minus(LONG_AGO),
                id);

        eventually().until(() -> retirement(id), found -> !found.has("foundAt"));
        assertThat(github.calls("PUT /app/installations/" + id + "/suspended")).isEmpty();
    }
}
