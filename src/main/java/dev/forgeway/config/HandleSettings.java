package dev.forgeway.config;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the handlers. What runs at the same time is meant for each handler and process.
 *
 * @param classes the classes of handlers that work in this process
 * @param shortConcurrency how many jobs of a short handler run at the same time
 * @param longConcurrency how many jobs of a long handler run at the same time
 * @param concurrency how many jobs of a handler run at the same time, by its name, in place of the above
 * @param lowerShare the share of further consumers that see only lower priorities; there is at least one
 * @param mostPerNamespace how many jobs of a namespace may run at the same time, in all processes; 0 for any number
 * @param mostPerProject how many jobs of a project
 * @param installation what becomes of installations of the GitHub App
 * @param publish what is published on message buses
 * @param forward what is posted to URLs
 * @param own the handlers that a user brings
 */
public record HandleSettings(
        @DefaultValue({"SHORT", "LONG"}) @NotEmpty Set<QueueClass> classes,
        @DefaultValue("8") @Min(1) @Max(1000) int shortConcurrency,
        @DefaultValue("2") @Min(1) @Max(1000) int longConcurrency,
        @DefaultValue Map<String, @Min(1) @Max(1000) Integer> concurrency,
        @DefaultValue("10") @Min(9) @Max(50) int lowerShare,
        @DefaultValue("0") @Min(0) int mostPerNamespace,
        @DefaultValue("0") @Min(0) int mostPerProject,
        @DefaultValue @Valid Installation installation,
        @DefaultValue @Valid PublishSettings publish,
        @DefaultValue @Valid ForwardSettings forward,
        @DefaultValue @Valid OwnHandlersSettings own) {

    /**
     * What becomes of installations of the GitHub App.
     *
     * @param approvalRepository the repository on GitHub ({@code owner/name}) in which the App opens an issue for each
     *     account that waits for approval; null for none
     */
    public record Installation(
            @Pattern(regexp = "[\\w.-]+/[\\w.-]+", message = "must have the form owner/name") @Nullable
            String approvalRepository) {}
}
