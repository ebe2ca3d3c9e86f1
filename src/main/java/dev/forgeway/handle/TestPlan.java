package dev.forgeway.handle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forgeway.dispatch.Job;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a job of tests asks Testing Farm for; an argument of the job
 * (https://packit.dev/docs/configuration/upstream/tests).
 *
 * @param fmfUrl the repository of the test metadata, or null for the one that is tested
 * @param fmfPath the folder of {@code .fmf}, relative to the root of the repository
 * @param tmtPlan a regular expression for the names of plans, or null for all
 * @param extraParams merged over the request
 * @param env variables of the environment in which the tests run
 * @param builtWith pull requests whose builds are installed too, as {@code namespace/name#number}
 * @param ci how Fedora CI runs it; null where it does not
 */
public record TestPlan(
        @Nullable String fmfUrl,
        @Nullable String fmfRef,
        String fmfPath,
        @Nullable String tmtPlan,
        @Nullable String postInstallScript,
        Map<String, @Nullable Object> extraParams,
        Map<String, String> env,
        boolean internal,
        boolean ofTargetRepository,
        boolean skipBuild,
        @Nullable String upstreamName,
        @Nullable String downstreamName,
        List<String> builtWith,
        @Nullable Ci ci) {

    /**
     * What is special about tests of Fedora CI (https://packit.dev/fedora-ci/tmt-integration).
     *
     * @param branch of dist-git that the pull request is to go to
     * @param installs whether what was built is there before the tests begin; else they fetch it themselves
     */
    public record Ci(String branch, boolean installs) {}

    /** The argument of a job. */
    public static final String ARGUMENT = "plan";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The plan of a job that has one. */
    public static TestPlan of(Job job) {
        try {
            return JSON.readValue(Objects.requireNonNull(job.arguments().get(ARGUMENT)), TestPlan.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the plan of job " + job.id() + " cannot be read", e);
        }
    }

    /** As it is written into {@link #ARGUMENT}. */
    public String argument() {
        return JSON.valueToTree(this).toString();
    }
}
