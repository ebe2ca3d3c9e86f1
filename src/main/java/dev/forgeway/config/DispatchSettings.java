package dev.forgeway.config;

import dev.forgeway.event.EventType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the way from a decision to the queues.
 *
 * @param cancelSuperseded whether a push to a pull request cancels the work for its old heads
 */
public record DispatchSettings(
        @DefaultValue @Valid Priority priority,
        @DefaultValue("true") boolean cancelSuperseded) {

    /**
     * What a job's priority (0 to 9, 9 is most urgent) is made of.
     *
     * @param basePullRequest for jobs that a pull request asked for
     * @param baseCommand for jobs that a person asked for by a command
     * @param baseResult for results that somebody waits for
     * @param baseOther for jobs that nobody waits for: pushes, releases, new upstream versions
     * @param handlers what the jobs of a handler start from, in place of the above
     * @param overrides what is added for a project ({@code host/namespace/name}) or namespace ({@code host/namespace})
     */
    public record Priority(
            @DefaultValue("5") @Min(0) @Max(9) int basePullRequest,
            @DefaultValue("7") @Min(0) @Max(9) int baseCommand,
            @DefaultValue("6") @Min(0) @Max(9) int baseResult,
            @DefaultValue("3") @Min(0) @Max(9) int baseOther,
            @DefaultValue Map<String, @Min(0) @Max(9) Integer> handlers,
            @DefaultValue Map<String, @Min(-9) @Max(9) Integer> overrides,
            @DefaultValue @Valid Active active,
            @DefaultValue @Valid FairShare fairShare) {

        /** Where jobs for an event start. People who wait come first: for an answer to their command, for a result, for their pull request. */
        public int base(EventType type) {
            return switch (type) {
                case PULL_REQUEST_COMMENT, ISSUE_COMMENT, COMMIT_COMMENT, CHECK_RERUN -> baseCommand;
                case COPR_BUILD, KOJI_TASK, KOJI_BUILD, KOJI_TAG, TESTING_FARM_RESULT, SCAN, LOG_ANALYSIS, VM_IMAGE ->
                    baseResult;
                case PULL_REQUEST, PULL_REQUEST_FLAG, PIPELINE, INSTALLATION -> basePullRequest;
                case PUSH, RELEASE, NEW_UPSTREAM_VERSION -> baseOther;
            };
        }
    }

    /**
     * What is added for a namespace that had jobs before; the first that fits counts.
     *
     * @param day with jobs today or yesterday
     * @param week with jobs in the last 7 days
     * @param month with jobs in the last 30 days
     */
    public record Active(
            @DefaultValue("2") @Min(0) @Max(9) int day,
            @DefaultValue("2") @Min(0) @Max(9) int week,
            @DefaultValue("1") @Min(0) @Max(9) int month) {}

    /**
     * What is taken off a job of somebody who has many waiting: one for each doubling beyond these numbers.
     *
     * @param perNamespace so many jobs of a namespace may wait at the same priority; 0 for any number
     * @param perProject so many of a project
     * @param perPullRequest so many of a pull request
     * @param most what is taken off at most
     */
    public record FairShare(
            @DefaultValue("10") @Min(0) int perNamespace,
            @DefaultValue("10") @Min(0) int perProject,
            @DefaultValue("6") @Min(0) int perPullRequest,
            @DefaultValue("4") @Min(0) @Max(9) int most) {}
}
