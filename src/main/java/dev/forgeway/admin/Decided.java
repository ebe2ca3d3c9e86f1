package dev.forgeway.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.handle.Checks;
import dev.forgeway.store.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was, or would be, decided about a delivery, as the API tells it. */
public record Decided(
        String outcome, @Nullable String reason, @Nullable String detail, List<DecidedJob> jobs) {

    /** A job that a delivery asks for. */
    public record DecidedJob(
            String handler,
            String trigger,
            @JsonProperty("package") @Nullable String packageName,
            @Nullable String identifier,
            List<String> targets,
            int priority,
            List<String> priorityReasons) {

        static DecidedJob of(Job job) {
            return new DecidedJob(
                    job.handler(),
                    job.trigger(),
                    job.packageName(),
                    job.arguments().get(Checks.IDENTIFIER),
                    job.targets(),
                    job.priority(),
                    job.priorityReasons());
        }

        /** What makes two jobs the same one, whatever they are done for. */
        String name() {
            return handler + " for " + trigger + (packageName == null ? "" : " of " + packageName)
                    + (identifier == null ? "" : " (" + identifier + ")");
        }
    }

    static Decided of(Outcome outcome, @Nullable Reason reason, @Nullable String detail, List<Job> jobs) {
        return new Decided(
                outcome.wireName(),
                reason == null ? null : reason.wireName(),
                detail,
                jobs.stream().map(DecidedJob::of).toList());
    }
}
