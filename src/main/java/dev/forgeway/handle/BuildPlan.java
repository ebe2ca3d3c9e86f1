package dev.forgeway.handle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forgeway.dispatch.Job;
import dev.forgeway.service.copr.CoprChrootSettings;
import dev.forgeway.service.copr.CoprProjectSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a job builds in Copr; an argument of the job where that is not as usual
 * (https://packit.dev/docs/configuration/upstream/copr_build).
 *
 * @param timeoutSeconds how long a build may take, or null for the usual time
 * @param enableNet whether the build may use the network
 * @param headOnly whether a pull request is built as it is, and not merged into its target branch first
 *     ({@code merge_pr_in_ci: false})
 * @param project what is wished of the project
 * @param chroots what is wished of chroots, by their names
 */
public record BuildPlan(
        @Nullable Integer timeoutSeconds,
        boolean enableNet,
        boolean headOnly,
        CoprProjectSettings project,
        Map<String, CoprChrootSettings> chroots) {

    /** The argument of a job. */
    public static final String ARGUMENT = "copr";

    public static final BuildPlan USUAL = new BuildPlan(null, false, false, CoprProjectSettings.USUAL, Map.of());

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The plan of a job; the usual one where it has none. */
    public static BuildPlan of(Job job) {
        String plan = job.arguments().get(ARGUMENT);
        try {
            return plan == null ? USUAL : JSON.readValue(plan, BuildPlan.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the plan of job " + job.id() + " cannot be read", e);
        }
    }

    /** As it is written into {@link #ARGUMENT}; null for the usual plan, which no job is told. */
    public @Nullable String argument() {
        return equals(USUAL) ? null : JSON.valueToTree(this).toString();
    }
}
