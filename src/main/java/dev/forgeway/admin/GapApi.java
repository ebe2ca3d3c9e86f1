package dev.forgeway.admin;

import dev.forgeway.config.IngestSettings;
import dev.forgeway.config.ScheduleSettings;
import dev.forgeway.config.Settings;
import dev.forgeway.store.Completeness;
import dev.forgeway.store.CompletenessStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What of the sources that are on is missing, and since when nothing is. */
@Component
public class GapApi {

    /** The alert on completeness waits as long (observability/alerts.yaml). */
    private static final Duration BEHIND = Duration.ofMinutes(30);

    private static final String NOT_ASKED = "it was not asked yet; a process with the role schedule does that";

    private final CompletenessStore store;
    private final Settings settings;
    private final AdminApi api;
    private final Clock clock;

    public GapApi(CompletenessStore store, Settings settings, AdminApi api, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.api = api;
        this.clock = clock;
    }

    /** Every source that is on. */
    public List<GapView> gaps(Reader reader) {
        Set<String> hidden = api.hidden(reader);
        Set<String> hooks = hidden.stream()
                .map(key -> key.substring(key.indexOf('/') + 1))
                .flatMap(path -> Stream.of(
                        ScheduleSettings.MissedDeliveries.source(path),
                        ScheduleSettings.MissedDeliveries.gitlabSource(path)))
                .collect(Collectors.toSet());
        return gaps().stream().filter(gap -> !hooks.contains(gap.source())).toList();
    }

    private List<GapView> gaps() {
        List<GapView> gaps = new ArrayList<>();
        IngestSettings ingest = settings.ingest();
        github(ingest, gaps);
        unknown(
                gaps,
                ingest.gitlab().isOn(),
                "gitlab",
                "what GitLab sent to a hook is shown to maintainers of its project only: those of the projects in"
                        + " forgeway.schedule.missed-deliveries.gitlab-projects are asked about");
        if (ingest.gitlab().isOn()) {
            settings.schedule().missedDeliveries().gitlabProjects().stream()
                    .map(ScheduleSettings.MissedDeliveries::gitlabSource)
                    .map(this::known)
                    .forEach(gaps::add);
        }
        unknown(gaps, ingest.forgejo().isOn(), "forgejo", "Forgejo has no API for what it sent to a hook");
        unknown(gaps, ingest.pagure().isOn(), "pagure", "Pagure keeps no record of what it sent to a hook");
        unknown(
                gaps,
                ingest.testingFarm().isOn(),
                "testing-farm",
                "Testing Farm keeps no record of its notifications; jobs that wait for one ask by themselves");
        unknown(gaps, ingest.standardWebhooks().isOn(), "standard", "there is no API that all of its senders have");
        unknown(gaps, ingest.cloudevents().isOn(), "cloudevents", "there is no API that all of its senders have");
        unknown(
                gaps,
                ingest.amqp().isOn(),
                "amqp",
                "its broker keeps for us what we do not consume, and does not tell what it dropped");
        if (ingest.fedoraMessaging().isOn() && settings.service().datagrepper().url() != null) {
            gaps.add(known("fedora-messaging"));
        } else {
            unknown(
                    gaps,
                    ingest.fedoraMessaging().isOn(),
                    "fedora-messaging",
                    "its history is not asked: forgeway.service.datagrepper.url is not set");
        }
        unknown(
                gaps,
                ingest.mqtt().isOn(),
                "mqtt",
                "its broker keeps for us what we do not consume for 7 days, and does not tell what it dropped");
        return gaps;
    }

    private void github(IngestSettings ingest, List<GapView> gaps) {
        if (ingest.github().isOn() && settings.forge().github().appId() != null) {
            gaps.add(known("github"));
        } else {
            unknown(
                    gaps,
                    ingest.github().isOn(),
                    "github",
                    "only the webhook of a GitHub App (forgeway.forge.github.app-id), and those of the repositories in"
                            + " forgeway.schedule.missed-deliveries.repositories, are asked about");
        }
        if (ingest.github().isOn()) {
            settings.schedule().missedDeliveries().repositories().stream()
                    .map(ScheduleSettings.MissedDeliveries::source)
                    .map(this::known)
                    .forEach(gaps::add);
        }
    }

    private GapView known(String source) {
        Completeness known = store.find(source).orElse(null);
        if (known == null) {
            return GapView.unknown(source, NOT_ASKED);
        }
        Instant until = store.completeUntil(source).orElse(known.until());
        boolean isComplete =
                known.problem() == null && !until.isBefore(clock.instant().minus(BEHIND));
        return GapView.known(known, until, isComplete, store.counts(source));
    }

    private static void unknown(List<GapView> gaps, boolean isOn, String source, String reason) {
        if (isOn) {
            gaps.add(GapView.unknown(source, reason));
        }
    }
}
