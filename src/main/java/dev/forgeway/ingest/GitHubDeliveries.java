package dev.forgeway.ingest;

import dev.forgeway.config.Settings;
import dev.forgeway.metrics.StepLog;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says of an authentic event of GitHub whether anybody wants it, whether a hook told it or it was asked for. */
public final class GitHubDeliveries {

    /** The events that somebody wants, with the actions among them; a push has none. */
    private static final Map<String, Set<String>> WANTED = Map.of(
            "pull_request", Set.of("opened", "reopened", "synchronize", "closed", "edited", "labeled", "unlabeled"),
            "issue_comment", Set.of("created", "edited"),
            "commit_comment", Set.of("created"),
            "push", Set.of(),
            "release", Set.of("published"),
            "installation", Set.of("created", "deleted", "suspend", "unsuspend"),
            "installation_repositories", Set.of("added", "removed"),
            "check_run", Set.of("rerequested"),
            "check_suite", Set.of("rerequested"));

    private static final Set<String> KEPT =
            Set.of("x-github-enterprise-host", "x-github-hook-installation-target-type");

    /** The events of which every app hears, but only one is meant. */
    private static final Set<String> OF_AN_APP = Set.of("check_run", "check_suite");

    private final @Nullable String appId;
    private final GitHubFingerprint fingerprint;
    private final Clock clock;

    public GitHubDeliveries(Settings settings, Clock clock) {
        this.appId = settings.forge().github().appId();
        this.fingerprint =
                new GitHubFingerprint(settings.ingest().githubPolling().repositories());
        this.clock = clock;
    }

    static boolean isWanted(String event) {
        return WANTED.containsKey(event);
    }

    /** Whether somebody wants an event with this action; empty for an event that has none. */
    public static boolean wants(String event, String action) {
        Set<String> actions = WANTED.get(event);
        return actions != null && (actions.isEmpty() || action.isEmpty() || actions.contains(action));
    }

    /**
     * What a webhook was sent.
     *
     * @param sent the headers of the request, by lower-case name
     */
    public Receipt receive(String event, Map<String, String> sent, byte[] json) {
        String guid = sent.get("x-github-delivery");
        String key = guid == null || guid.isBlank() ? "sha256:" + Sha256.hex(json) : guid;
        Map<String, String> kept = new LinkedHashMap<>(sent);
        kept.keySet().retainAll(KEPT);
        return receive(event, key, kept, json);
    }

    /**
     * @param event GitHub's name of the event, as its webhooks have it
     * @param key what is the same for copies that came the same way
     * @param headers those that parsing needs
     */
    public Receipt receive(String event, String key, Map<String, String> headers, byte[] json) {
        String id = DeliveryId.at(clock.instant());
        String unwanted = unwanted(event, json);
        if (unwanted != null) {
            StepLog.note("ignored", unwanted);
            return Receipt.ignored(id, unwanted);
        }
        Map<String, String> kept = new LinkedHashMap<>(headers);
        fingerprint.of(event, json).ifPresent(print -> kept.put(Delivery.FINGERPRINT, print));
        StepLog.note("accepted", event);
        return new Receipt(
                Receipt.Status.ACCEPTED,
                id,
                new Delivery(id, GitHubWebhook.SOURCE, key, event, clock.instant(), kept, json, StepLog.steps()));
    }

    private @Nullable String unwanted(String event, byte[] json) {
        if (!isWanted(event)) {
            return "event-not-wanted";
        }
        if (!wants(event, PayloadPeek.topLevelString(json, "action").orElse(""))) {
            return "action-not-wanted";
        }
        return OF_AN_APP.contains(event) && !isOurs(event, json) ? "check-of-another-app" : null;
    }

    /** Whether the check is one of the app that we are, by the app's number or client id. */
    private boolean isOurs(String event, byte[] json) {
        String app = event + ".app.";
        return appId != null
                && PayloadPeek.strings(json, Set.of(app + "id", app + "client_id"))
                        .containsValue(appId);
    }
}
