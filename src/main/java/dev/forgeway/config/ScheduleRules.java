package dev.forgeway.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What has to fit together among the settings of periodic work. */
final class ScheduleRules {

    private static final String ROOM = "forgeway.schedule.";

    private final Settings settings;
    private final List<Mistake> mistakes = new ArrayList<>();

    private ScheduleRules(Settings settings) {
        this.settings = settings;
    }

    /** The rules that the settings break. */
    static List<Mistake> brokenBy(Settings settings) {
        var rules = new ScheduleRules(settings);
        ScheduleSettings schedule = settings.schedule();
        rules.requirePositive("interval", schedule.interval(), "60s");
        schedule.redriveAfter().forEach(delay -> rules.requirePositive("redrive-after", delay, "1h,4h"));
        rules.checkPending(schedule.pending());
        rules.checkRetention(schedule.retention());
        rules.checkMissedDeliveries(schedule.missedDeliveries());
        rules.checkRetirement(schedule.retirement());
        return List.copyOf(rules.mistakes);
    }

    private void checkPending(ScheduleSettings.Pending pending) {
        requirePositive("pending.quiet", pending.quiet(), "5m");
        requirePositive("pending.longest-interval", pending.longestInterval(), "1h");
        requirePositive("pending.limit", pending.limit(), "7d");
    }

    private void checkRetention(ScheduleSettings.Retention retention) {
        requirePositive("retention.bodies", retention.bodies(), "14d");
        requirePositive("retention.steps", retention.steps(), "30d");
        requireKeys("ignored", retention.ignored(), "14d");
        requireKeys("filtered", retention.filtered(), "30d");
        requireKeys("dispatched", retention.dispatched(), "180d");
        requireKeys("parked", retention.parked(), "90d");
    }

    /** A delivery has the keys by which its copies are known. */
    private void requireKeys(String name, Duration kept, String example) {
        Duration known = settings.decide().duplicateWindow().multipliedBy(2);
        if (kept.compareTo(known) < 0) {
            add(ROOM + "retention." + name, "must not be shorter than twice forgeway.decide.duplicate-window", example);
        }
    }

    private void checkRetirement(ScheduleSettings.Retirement retirement) {
        requirePositive("retirement.after", retirement.after(), "30d");
        requirePositive("retirement.notice", retirement.notice(), "14d");
        if (retirement.warnBy() == ScheduleSettings.Retirement.Warning.ISSUE
                && settings.handle().installation().approvalRepository() == null) {
            add(
                    "forgeway.handle.installation.approval-repository",
                    "is missing, but " + ROOM + "retirement.warn-by is issue",
                    "my-group/notifications");
        }
        if (retirement.action() != ScheduleSettings.Retirement.Action.DRY_RUN
                && settings.forge().github().appId() == null) {
            add("forgeway.forge.github.app-id", "is missing, but " + ROOM + "retirement.action is set", "123456");
        }
    }

    private void checkMissedDeliveries(ScheduleSettings.MissedDeliveries missed) {
        requirePositive("missed-deliveries.interval", missed.interval(), "2m");
        String key = ROOM + "missed-deliveries.repositories";
        if (missed.repositories().stream().anyMatch(name -> !name.matches("[^/\\s]+/[^/\\s]+"))) {
            add(key, "must have the form owner/name", "packit/hello");
        }
        requirePublicUrl(key, missed.repositories());
        String gitlab = ROOM + "missed-deliveries.gitlab-projects";
        if (missed.gitlabProjects().stream().anyMatch(name -> !name.matches("[^/\\s]+(/[^/\\s]+)+"))) {
            add(gitlab, "must be whole paths", "packit/hello");
        }
        requirePublicUrl(gitlab, missed.gitlabProjects());
        if (!missed.gitlabProjects().isEmpty() && settings.forge().gitlab().token() == null) {
            add("forgeway.forge.gitlab.token", "is missing, but " + gitlab + " is set", "(an access token)");
        }
    }

    private void requirePublicUrl(String key, List<String> projects) {
        if (!projects.isEmpty() && settings.publicUrl() == null) {
            add(
                    "forgeway.public-url",
                    "is missing; the webhooks of " + key + " are known by it",
                    "https://forgeway.example.org");
        }
    }

    private void requirePositive(String name, Duration duration, String example) {
        if (duration.toMillis() < 1) {
            add(ROOM + name, "must be positive", example);
        }
    }

    private void add(String key, String problem, String example) {
        mistakes.add(new Mistake(key, problem, key + "=" + example));
    }
}
