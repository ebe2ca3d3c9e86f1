package dev.forgeway.decide.command;

import dev.forgeway.decide.packageconfig.JobConfig;
import dev.forgeway.decide.packageconfig.TestSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command as it was written.
 *
 * @param name one of the known names ("copr-build"; "ci-test" behind the prefix of Fedora CI)
 * @param packageName the package of a monorepo that it is for; null for all
 * @param arguments the words that belong to no option, in their order
 * @param options what was given for each option, by its long name without dashes; an option without a value has none
 */
public record Command(
        String name, @Nullable String packageName, List<String> arguments, Map<String, List<String>> options) {

    private static final Set<String> WITHOUT_CONFIG = Set.of("help", "verify-fas");
    /** What asks for a job of dist-git, by the type of that job (https://packit.dev/docs/retriggering). */
    private static final Map<String, String> OF_DIST_GIT = Map.of(
            "koji-build", "koji_build",
            "koji-tag", "koji_build",
            "create-update", "bodhi_update",
            "pull-from-upstream", "pull_from_upstream");

    /** The command that needs a side tag. */
    public static final String KOJI_TAG = "koji-tag";

    private static final String COMMIT = "commit";
    private static final String RELEASE = "release";
    private static final String IDENTIFIER = "identifier";
    private static final String LABELS = "labels";

    /** What was given for an option that takes one value. */
    public Optional<String> option(String option) {
        return options.getOrDefault(option, List.of()).stream().findFirst();
    }

    /** Whether what it asks for is in the package config; Fedora CI does without. */
    public boolean needsConfig() {
        return !WITHOUT_CONFIG.contains(name) && !CommandPrefixes.isCi(name);
    }

    /** Whether it is for all branches that the package config names, and not only for the one that is at hand. */
    public boolean isForAllBranches() {
        return options.containsKey("all-branches");
    }

    /** Whether a command of this name can be for such a job. */
    public static boolean canBeFor(String name, JobConfig job) {
        return onlyJobType(name).map(job.type()::equals).orElse(true)
                && (!name.equals(KOJI_TAG) || job.koji().sidetagGroup() != null);
    }

    /** The only type of job that a command of this name is for; empty for one that several may be for. */
    public static Optional<String> onlyJobType(String name) {
        return Optional.ofNullable(OF_DIST_GIT.get(name));
    }

    /**
     * Whether it is for what a package in dist-git does with its branches, for which the config of the default branch counts,
     * and only packagers may ask; not for the pull request below which it is written.
     */
    public boolean isOfDistGit() {
        return OF_DIST_GIT.containsKey(name);
    }

    /** Whether only packagers may give it, below whosever pull request (https://packit.dev/fedora-ci/retriggering). */
    public boolean isForPackagers() {
        return isOfDistGit() || CommandPrefixes.isCi(name);
    }

    /** Whether the config of the pull request is to count even so. */
    public boolean wantsConfigOfPullRequest() {
        return options.containsKey("with-pr-config");
    }

    /** Whether it can name a branch or a tag that it is for. */
    public boolean isAboutRefs() {
        return CommandSyntax.of(name).writtenOptions().contains("--" + RELEASE);
    }

    /** Whether it names a branch or a tag, which it can for a commit alone. */
    public boolean namesRef() {
        return options.containsKey(COMMIT) || options.containsKey(RELEASE);
    }

    /** The tag that it is for. */
    public Optional<String> tag() {
        return option(RELEASE);
    }

    /** The branch that it is for. */
    public Optional<String> branch() {
        return option(COMMIT);
    }

    /** Whether it is for all packages, or for this one. */
    public boolean isForPackage(@Nullable String name) {
        return packageName == null || packageName.equals(name);
    }

    /**
     * Whether a job is one of those that it is limited to: by package, identifier and labels, which for tests the package
     * config says where the command does not.
     */
    public boolean fits(JobConfig job) {
        boolean saysNothing = option(IDENTIFIER).isEmpty() && !options.containsKey(LABELS);
        TestSettings.Default limits = name.equals("test") && saysNothing
                ? job.tests().byDefault()
                : new TestSettings.Default(option(IDENTIFIER).orElse(null), options.getOrDefault(LABELS, List.of()));
        List<String> labels = limits.labels();
        return isForPackage(job.packageName())
                && (limits.identifier() == null || limits.identifier().equals(job.identifier()))
                && (labels.isEmpty() || labels.stream().anyMatch(job.labels()::contains));
    }
}
