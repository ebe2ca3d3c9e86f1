package dev.forgeway.schedule;

import dev.forgeway.config.ScheduleSettings;
import dev.forgeway.config.Settings;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.gitlab.GitLabHooks;
import dev.forgeway.forge.gitlab.GitLabHooks.Hook;
import dev.forgeway.metrics.GapMetrics;
import dev.forgeway.store.CompletenessStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks whether the webhooks of listed projects on GitLab are on: GitLab switches one off that failed a few times in a
 * row, and nothing comes any more until somebody sees it.
 */
@Component
public class GitLabWebhooks {

    private static final Logger LOG = LoggerFactory.getLogger(GitLabWebhooks.class);
    private static final String PATH = "/webhooks/gitlab";

    private final @Nullable GitLabHooks hooks;
    private final CompletenessStore store;
    private final GapMetrics metrics;
    private final Settings settings;
    private final Clock clock;

    public GitLabWebhooks(
            Optional<GitLabHooks> hooks, CompletenessStore store, GapMetrics metrics, Settings settings, Clock clock) {
        this.hooks = hooks.orElse(null);
        this.store = store;
        this.metrics = metrics;
        this.settings = settings;
        this.clock = clock;
    }

    /** The projects whose webhooks are looked at; none while webhooks of GitLab are not taken in. */
    public List<String> projects() {
        return hooks == null || !settings.ingest().gitlab().isOn()
                ? List.of()
                : settings.schedule().missedDeliveries().gitlabProjects();
    }

    /** Looks at the webhook of one project; while GitLab cannot say, it counts as what it was. */
    public void look(String project) {
        Instant now = clock.instant();
        String source = ScheduleSettings.MissedDeliveries.gitlabSource(project);
        store.begin(source, now);
        try {
            String problem = problem(project);
            if (problem == null) {
                store.looked(source, now, now);
            } else {
                fail(source, problem, now);
            }
            metrics.webhook(source, problem == null);
        } catch (TransientException e) {
            fail(source, String.valueOf(e.getMessage()), now);
        }
    }

    private void fail(String source, String problem, Instant now) {
        LOG.warn("{}: {}", source, problem);
        store.failed(source, problem, now);
    }

    private @Nullable String problem(String project) {
        WebhookAddress address = WebhookAddress.of(settings, PATH);
        try {
            Optional<Hook> hook = Objects.requireNonNull(hooks).find(project, address.url());
            if (hook.isEmpty()) {
                return address.missingAt(project);
            }
            return hook.get().isOff() ? off(hook.get()) : null;
        } catch (UserErrorException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String off(Hook hook) {
        return hook.offUntil() == null
                ? "GitLab switched the webhook off after failures, until somebody tests it in the project's settings"
                : "GitLab switched the webhook off after failures, until " + hook.offUntil();
    }
}
