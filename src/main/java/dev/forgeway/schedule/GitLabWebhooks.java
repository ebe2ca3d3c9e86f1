package dev.forgeway.schedule;

import dev.forgeway.config.ScheduleSettings;
import dev.forgeway.config.Settings;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.gitlab.GitLabHooks;
import dev.forgeway.forge.gitlab.GitLabHooks.Hook;
import dev.forgeway.metrics.GapMetrics;
import dev.forgeway.store.Completeness;
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
 * Looks whether the webhooks of listed projects on GitLab are on, and for what it sent to them in vain: GitLab switches one off
 * that failed a few times in a row, and nothing comes any more until somebody sees it.
 */
@Component
public class GitLabWebhooks {

    private static final Logger LOG = LoggerFactory.getLogger(GitLabWebhooks.class);
    private static final String PATH = "/webhooks/gitlab";

    private final @Nullable GitLabHooks hooks;
    private final CompletenessStore store;
    private final GitLabHookHistory history;
    private final GapMetrics metrics;
    private final Settings settings;
    private final Clock clock;

    GitLabWebhooks(
            Optional<GitLabHooks> hooks,
            CompletenessStore store,
            GitLabHookHistory history,
            GapMetrics metrics,
            Settings settings,
            Clock clock) {
        this.hooks = hooks.orElse(null);
        this.store = store;
        this.history = history;
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
    public MissedMessages look(String project) {
        Instant now = clock.instant();
        String source = ScheduleSettings.MissedDeliveries.gitlabSource(project);
        store.begin(source, now);
        try {
            Optional<Hook> hook =
                    Objects.requireNonNull(hooks).find(project, address().url());
            boolean isOn = hook.isPresent() && !hook.get().isOff();
            metrics.webhook(source, isOn);
            if (isOn) {
                return read(source, hook.get());
            }
            hook.ifPresentOrElse(
                    off -> switchedOff(source, off, now),
                    () -> fail(source, address().missingAt(project), now));
        } catch (UserErrorException e) {
            metrics.webhook(source, false);
            fail(source, String.valueOf(e.getMessage()), now);
        } catch (TransientException e) {
            fail(source, String.valueOf(e.getMessage()), now);
        }
        return MissedMessages.none(source);
    }

    private MissedMessages read(String source, Hook hook) {
        Instant now = clock.instant();
        Completeness known = store.find(source).orElseThrow();
        try {
            MissedMessages turn = history.read(Objects.requireNonNull(hooks), hook, known);
            if (known.isSwitchedOff()) {
                LOG.warn("What {} did not send from {} on, while its webhook was off, is lost", source, known.until());
                store.lost(source, known.until(), now);
            }
            return turn.until() == null ? new MissedMessages(source, known.until(), List.of()) : turn;
        } catch (UserErrorException e) {
            fail(source, String.valueOf(e.getMessage()), now);
            return MissedMessages.none(source);
        }
    }

    private WebhookAddress address() {
        return WebhookAddress.of(settings, PATH);
    }

    private void fail(String source, String problem, Instant now) {
        LOG.warn("{}: {}", source, problem);
        store.failed(source, problem, now);
    }

    private void switchedOff(String source, Hook hook, Instant now) {
        String until = hook.offUntil() == null ? "somebody tests it in the project's settings" : hook.offUntil();
        String problem = "GitLab switched the webhook off after failures, until " + until;
        LOG.warn("{}: {}", source, problem);
        store.switchedOff(source, problem, now);
    }
}
