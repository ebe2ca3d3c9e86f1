package dev.forgeway.handle;

import dev.forgeway.dispatch.Job;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a job works when packages are built together
 * (https://packit.dev/docs/fedora-releases-guide/releasing-multiple-packages).
 *
 * @param group whose side tag it is for
 * @param branch of dist-git that the side tag is for; {@code rawhide} by the name {@code main}
 * @param dependencies the packages that have to be in the side tag first
 */
public record SideTagPlan(String group, String branch, List<String> dependencies) {

    private static final String GROUP = "side-tag-group";
    private static final String BRANCH = "side-tag-branch";
    private static final String DEPENDENCIES = "dependencies";

    /** Empty for a job that has nothing to do with side tags. */
    public static Optional<SideTagPlan> of(Job job) {
        Map<String, String> arguments = job.arguments();
        return Optional.ofNullable(arguments.get(GROUP))
                .map(group -> new SideTagPlan(
                        group,
                        arguments.getOrDefault(BRANCH, ""),
                        List.of(arguments.getOrDefault(DEPENDENCIES, "").split(",")).stream()
                                .filter(name -> !name.isEmpty())
                                .toList()));
    }

    /** As it is written into the arguments of a job. */
    public Map<String, String> arguments() {
        return Map.of(GROUP, group, BRANCH, branch, DEPENDENCIES, String.join(",", dependencies));
    }
}
