package dev.forgeway.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.config.Settings;
import dev.forgeway.forge.TokenSettings;
import dev.forgeway.forge.gitlab.GitLabHooks;
import dev.forgeway.ingest.GitLabWebhook;
import dev.forgeway.metrics.GapMetrics;
import dev.forgeway.service.http.HttpTimeouts;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.simulator.Faults;
import dev.forgeway.simulator.GitLabSimulator;
import dev.forgeway.simulator.Response;
import dev.forgeway.store.Completeness;
import dev.forgeway.store.CompletenessStore;
import dev.forgeway.store.Pauses;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import dev.forgeway.testing.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a look at a webhook on GitLab tells, and what it does not. */
class GitLabWebhooksTest {

    private static final String PROJECT = "packit/hello";
    private static final String SOURCE = "gitlab/packit/hello";

    private final TestClock clock = new TestClock();
    private final GitLabSimulator gitLab = new GitLabSimulator();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CompletenessStore store = emptyStore();

    private static CompletenessStore emptyStore() {
        Stores stores = Stores.empty();
        return new CompletenessStore(stores.jdbc, stores.transaction);
    }

    private GitLabWebhooks webhooks() {
        return webhooks(Examples.settings(
                "public-url", "https://forgeway.example.org",
                "schedule.missed-deliveries.gitlab-projects", PROJECT,
                "ingest.gitlab.secrets", "a secret"));
    }

    private GitLabWebhooks webhooks(Settings settings) {
        return new GitLabWebhooks(
                Optional.of(new GitLabHooks(
                        new TokenSettings(gitLab.apiUrl(), gitLab.token()),
                        new ServiceHttp(HttpTimeouts.DEFAULT, meters, clock))),
                store,
                new GitLabHookHistory(
                        store, new GitLabWebhook(settings, clock), new GapMetrics(meters), new Pauses(List::of), clock),
                new GapMetrics(meters),
                settings,
                clock);
    }

    @AfterEach
    void stop() {
        gitLab.close();
    }

    private double on() {
        return meters.get("forgeway.schedule.webhook.on")
                .tag("source", SOURCE)
                .gauge()
                .value();
    }

    @Test
    void leavesTheWebhookOnWhileGitLabIsDown() {
        gitLab.addProject(PROJECT, false);
        gitLab.hooks().put(PROJECT, "https://forgeway.example.org/webhooks/gitlab", "executable", null);
        GitLabWebhooks webhooks = webhooks();
        webhooks.look(PROJECT);

        gitLab.faults().answer("GET /api/v4/projects/", Faults.ALWAYS, Response.json(503, "{}"));
        webhooks.look(PROJECT);

        assertThat(store.find(SOURCE).map(Completeness::problem).orElseThrow()).contains("hooks-list");
        assertThat(on()).isEqualTo(1);
    }

    @Test
    void tellsWhatIsLostOfAWebhookThatWasOffThoughGitLabWasDownMeanwhile() {
        String url = "https://forgeway.example.org/webhooks/gitlab";
        gitLab.addProject(PROJECT, false);
        gitLab.hooks().put(PROJECT, url, "executable", null);
        GitLabWebhooks webhooks = webhooks();
        webhooks.look(PROJECT);
        Instant complete = store.find(SOURCE).orElseThrow().until();
        clock.advance(Duration.ofHours(1));
        gitLab.hooks().put(PROJECT, url, "disabled", null);
        webhooks.look(PROJECT);
        gitLab.faults().answer("GET /api/v4/projects/", Faults.ALWAYS, Response.json(503, "{}"));
        webhooks.look(PROJECT);
        gitLab.faults().clear();
        gitLab.hooks().put(PROJECT, url, "executable", null);

        webhooks.look(PROJECT);

        assertThat(store.find(SOURCE).map(Completeness::lostFrom)).contains(complete);
        assertThat(store.find(SOURCE).map(Completeness::lostUntil)).contains(clock.instant());
    }

    @Test
    void saysNothingOfAWebhookThatWasNeverSeen() {
        gitLab.faults().answer("GET /api/v4/projects/", Faults.ALWAYS, Response.json(503, "{}"));

        webhooks().look(PROJECT);

        assertThat(store.find(SOURCE).map(Completeness::problem)).isPresent();
        assertThat(meters.find("forgeway.schedule.webhook.on").gauge()).isNull();
    }

    @Test
    void looksOnlyWhereWebhooksOfGitLabAreTakenIn() {
        assertThat(webhooks().projects()).containsExactly(PROJECT);
        assertThat(webhooks(Examples.settings("schedule.missed-deliveries.gitlab-projects", PROJECT))
                        .projects())
                .isEmpty();
    }
}
