package dev.forgeway.handle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forgeway.dispatch.Job;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a job that carries files from dist-git to upstream is told; an argument of the job.
 *
 * @param upstreamUrl the page of the upstream repository
 * @param specfilePath the spec file in the upstream repository, which is carried where {@code files} is empty
 * @param files what is carried
 */
public record SyncPlan(
        @Nullable String upstreamUrl, @Nullable String specfilePath, List<SyncedFiles> files) {

    /** The argument of a job. */
    public static final String ARGUMENT = "sync";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The plan of a job that has one. */
    public static SyncPlan of(Job job) {
        try {
            return JSON.readValue(Objects.requireNonNull(job.arguments().get(ARGUMENT), "no plan"), SyncPlan.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the plan of job " + job.id() + " cannot be read", e);
        }
    }

    /** As it is written into {@link #ARGUMENT}. */
    public String argument() {
        return JSON.valueToTree(this).toString();
    }
}
