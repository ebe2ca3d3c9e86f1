package dev.forgeway.handle.testingfarm;

import dev.forgeway.dispatch.Job;
import dev.forgeway.event.Event;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequest;
import dev.forgeway.handle.Origin;
import dev.forgeway.handle.TestPlan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The variables that tests find in their environment: packit's, as far as their values are known here
 * (https://packit.dev/docs/configuration/upstream/tests), and those of the user, which win.
 */
final class TestVariables {

    private final Map<String, String> variables = new TreeMap<>();

    private TestVariables() {}

    static Map<String, String> of(Job job, TestPlan plan, List<TestedBuild> builds) {
        TestVariables all = new TestVariables();
        all.addSource(job);
        all.put("PACKIT_UPSTREAM_NAME", plan.upstreamName());
        all.put("PACKIT_DOWNSTREAM_NAME", plan.downstreamName());
        all.put("PACKIT_PACKAGE_NAME", plan.downstreamName());
        if (!builds.isEmpty()) {
            all.put(
                    "PACKIT_COPR_PROJECT",
                    builds.stream().map(TestedBuild::project).distinct().collect(Collectors.joining(" ")));
            all.put(
                    "PACKIT_COPR_RPMS",
                    builds.stream().flatMap(build -> build.packages().stream()).collect(Collectors.joining(" ")));
        }
        all.variables.putAll(plan.env());
        return all.variables;
    }

    private void addSource(Job job) {
        Event event = job.event();
        Project project = Objects.requireNonNull(event.project());
        put("PACKIT_FULL_REPO_NAME", project.namespace() + "/" + project.name());
        put("PACKIT_COMMIT_SHA", event.commit());
        Origin.of(job)
                .filter(origin -> origin.kind() == Origin.Kind.TAG)
                .ifPresent(origin -> put("PACKIT_TAG_NAME", origin.value()));
        PullRequest pullRequest = event.pullRequest();
        if (pullRequest != null) {
            put("PACKIT_PR_ID", Integer.toString(pullRequest.number()));
            put("PACKIT_SOURCE_SHA", event.commit());
            put("PACKIT_SOURCE_BRANCH", pullRequest.sourceBranch());
            put("PACKIT_TARGET_BRANCH", pullRequest.targetBranch());
            put("PACKIT_SOURCE_URL", sourceUrl(event));
            put("PACKIT_TARGET_URL", project.url());
        }
    }

    /** Where the commit of an event is: in the fork that a pull request comes from, or in the project itself. */
    static String sourceUrl(Event event) {
        Project project = Objects.requireNonNull(event.project());
        PullRequest pullRequest = event.pullRequest();
        String path = project.namespace() + "/" + project.name();
        if (pullRequest == null
                || pullRequest.sourceNamespace() == null
                || pullRequest.sourceName() == null
                || !project.url().endsWith(path)) {
            return project.url();
        }
        String root = project.url().substring(0, project.url().length() - path.length());
        return root + pullRequest.sourceNamespace() + "/" + pullRequest.sourceName();
    }

    private void put(String name, @Nullable String value) {
        if (value != null) {
            variables.put(name, value);
        }
    }
}
