package dev.forgeway.handle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forgeway.dispatch.Job;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a job tells beside its checks; an argument of the job where that is not as usual
 * (https://packit.dev/docs/configuration/notifications).
 *
 * @param successfulBuild whether a comment on the pull request tells of a build that succeeded
 * @param failureMessage what is said of a failure, with placeholders: in a comment on the pull request, or with what is told of
 *     a package in dist-git anyway; null for nothing
 * @param failureIssue whether an issue tells which branches of dist-git were not updated
 */
public record NotificationPlan(
        boolean successfulBuild, @Nullable String failureMessage, boolean failureIssue) {

    public static final NotificationPlan USUAL = new NotificationPlan(false, null, true);

    private static final String ARGUMENT = "notifications";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The plan of a job; the usual one where it has none. */
    public static NotificationPlan of(Job job) {
        String plan = job.arguments().get(ARGUMENT);
        try {
            return plan == null ? USUAL : JSON.readValue(plan, NotificationPlan.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the notifications of job " + job.id() + " cannot be read", e);
        }
    }

    /**
     * What is said of a failure.
     *
     * @param commit what failed, or empty
     * @param url where there is more to see, or empty
     */
    public Optional<String> failureText(String commit, String url) {
        return Optional.ofNullable(failureMessage)
                .filter(message -> !message.isBlank())
                .map(message -> message.replace("{commit_sha}", commit)
                        .replace("{packit_dashboard_url}", url)
                        .replace("{logs_url}", url)
                        .replace("{external_dashboard_url}", url));
    }

    /** Tells a job by its arguments, which are changed and returned; no job is told the usual plan. */
    public Map<String, String> addTo(Map<String, String> arguments) {
        if (!equals(USUAL)) {
            arguments.put(ARGUMENT, JSON.valueToTree(this).toString());
        }
        return arguments;
    }
}
