package dev.forgeway.config;

import jakarta.validation.Valid;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of periodic work.
 *
 * @param interval how often it is looked whether there is something to do
 * @param redriveAfter how long after it was given up something comes again by itself whose attempts were exhausted, for the
 *     first time, the second time, and so on; written as 0 alone, it is none, for never
 */
public record ScheduleSettings(
        @DefaultValue("60s") Duration interval,
        @DefaultValue({"1h", "2h", "4h", "8h", "16h"}) List<Duration> redriveAfter,
        @DefaultValue @Valid Pending pending,
        @DefaultValue @Valid Retention retention,
        @DefaultValue @Valid MissedDeliveries missedDeliveries,
        @DefaultValue @Valid Retirement retirement,
        @DefaultValue @Valid LostMessages lostMessages) {

    public ScheduleSettings {
        redriveAfter = redriveAfter.equals(List.of(Duration.ZERO)) ? List.of() : redriveAfter;
    }

    /**
     * What is to be done and no queue of the broker has a message of.
     *
     * @param interval how often it is looked for
     * @param after how long its message has to be missed before it is put on its queue again
     */
    public record LostMessages(
            @DefaultValue("5m") Duration interval,
            @DefaultValue("15m") Duration after) {}

    /**
     * What senders tell of deliveries that never arrived.
     *
     * @param interval how often they are asked
     * @param repositories full names ({@code packit/hello}) of those whose webhooks on GitHub are asked about, besides that
     *     of the App
     * @param gitlabProjects whole paths ({@code packit/group/hello}) of projects on GitLab of whose webhooks it is asked
     *     whether they are on
     */
    public record MissedDeliveries(
            @DefaultValue("2m") Duration interval,
            @DefaultValue List<String> repositories,
            @DefaultValue List<String> gitlabProjects) {

        /** By which the webhook of a repository is known among the sources. */
        public static String source(String repository) {
            return "github/" + repository;
        }

        /** By which the webhook of a project on GitLab is known among the sources. */
        public static String gitlabSource(String project) {
            return "gitlab/" + project;
        }
    }

    /**
     * What runs elsewhere for jobs, when nobody tells what becomes of it.
     *
     * @param quiet how long nothing was told before the service is asked
     * @param longestInterval how long it is left alone at most; the time doubles with each question
     * @param limit how long a job waits before it ends as an error
     */
    public record Pending(
            @DefaultValue("5m") Duration quiet,
            @DefaultValue("1h") Duration longestInterval,
            @DefaultValue("7d") Duration limit) {}

    /**
     * How long what is done is kept, from the time of receipt.
     *
     * @param bodies the bodies of deliveries, which replay needs; parked ones keep theirs
     * @param steps the steps of the stories
     * @param ignored deliveries that asked for nothing, and copies
     * @param filtered deliveries that asked for what was not to be done
     * @param dispatched deliveries with jobs, and these
     * @param parked deliveries that were given up
     */
    public record Retention(
            @DefaultValue("14d") Duration bodies,
            @DefaultValue("30d") Duration steps,
            @DefaultValue("14d") Duration ignored,
            @DefaultValue("30d") Duration filtered,
            @DefaultValue("180d") Duration dispatched,
            @DefaultValue("90d") Duration parked) {}

    /**
     * Installations of the GitHub App that lead to nothing.
     *
     * @param after how long none of its repositories had a package config
     * @param notice how long after the warning it is ended
     * @param warnBy how its account is warned
     * @param action how it is ended
     */
    public record Retirement(
            @DefaultValue("30d") Duration after,
            @DefaultValue("14d") Duration notice,
            @DefaultValue("log") Warning warnBy,
            @DefaultValue("dry-run") Action action) {

        /** The ways to warn; an issue needs {@code forgeway.handle.installation.approval-repository}. */
        public enum Warning {
            LOG,
            ISSUE
        }

        /** The ways to end an installation. */
        public enum Action {
            DRY_RUN("the App would be removed here, if this was no dry run", "would have been ended"),
            SUSPEND("the App is suspended here", "was suspended"),
            UNINSTALL("the App is removed here", "was uninstalled");

            private final String future;
            private final String past;

            Action(String future, String past) {
                this.future = future;
                this.past = past;
            }

            /** What happens after the warning; half a sentence. */
            public String future() {
                return future;
            }

            /** What happened; half a sentence. */
            public String past() {
                return past;
            }

            /** The name in the settings, the store and the API. */
            public String wireName() {
                return name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }
    }
}
