package dev.forgeway.config;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Settings of the way from a decision to the queues. */
public record DispatchSettings(@DefaultValue @Valid Priority priority) {

    /**
     * What a job's priority (0 to 9, 9 is most urgent) starts from.
     *
     * @param basePullRequest for jobs that a pull request asked for
     * @param baseCommand for jobs that a person asked for by a command
     * @param baseResult for results that somebody waits for
     * @param baseOther for jobs that nobody waits for: pushes, releases, new upstream versions
     * @param overrides what is added for a project ({@code host/namespace/name}) or namespace ({@code host/namespace})
     */
    public record Priority(
            @DefaultValue("5") @Min(0) @Max(9) int basePullRequest,
            @DefaultValue("7") @Min(0) @Max(9) int baseCommand,
            @DefaultValue("6") @Min(0) @Max(9) int baseResult,
            @DefaultValue("3") @Min(0) @Max(9) int baseOther,
            @DefaultValue Map<String, @Min(-9) @Max(9) Integer> overrides) {}
}
