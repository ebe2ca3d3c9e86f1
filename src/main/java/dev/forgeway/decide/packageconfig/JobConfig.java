package dev.forgeway.decide.packageconfig;

import dev.forgeway.handle.BuildPlan;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.NotificationPlan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One job for one package, with everything that it inherits from its package and from the top level of the file
 * (https://packit.dev/docs/configuration/jobs).
 *
 * @param type the kind of job, as written ("copr_build")
 * @param trigger one of pull_request, commit, release, koji_build, ignore
 * @param packageName the key of the package in a monorepo; null where the file has no {@code packages}
 * @param targets as written ("fedora-all"); see {@link TargetExpansion}; empty for those of the project in Copr that it names
 * @param identifier what commands name it by; without one, that is the package where the file has several, as packit has it
 * @param checkNames how its checks are called
 * @param manualTrigger whether only a command starts it
 * @param branch for pull requests the target branch, for commits the branch; null for the trigger's default
 * @param skipBuild whether tests run without a build
 * @param labels groups of tests
 * @param packitInstances which deployments do it ("prod", "stg")
 * @param build how it builds in Copr
 * @param notifications what it tells beside its checks
 * @param distGit where in dist-git it works
 * @param koji how it builds in Koji
 * @param targetSettings what holds for one target alone, by the target as written
 * @param line where the job stands in the file, counted from 1
 * @param index its place among the jobs of its package, counted from 0: what packit's command line calls
 *     {@code --job-config-index}
 */
public record JobConfig(
        String type,
        String trigger,
        @Nullable String packageName,
        List<String> targets,
        @Nullable String identifier,
        CheckNames checkNames,
        boolean manualTrigger,
        @Nullable String branch,
        boolean skipBuild,
        List<String> labels,
        CoprProject copr,
        BuildPlan build,
        SourcePackage source,
        RequiredLabels requiredLabels,
        List<String> packitInstances,
        NotificationPlan notifications,
        TestSettings tests,
        DistGitSettings distGit,
        KojiSettings koji,
        Map<String, TargetSettings> targetSettings,
        int line,
        int index) {

    /** Jobs for branches of dist-git, which happen there alone: pushes and commands ask for them, and a filter finds the branches. */
    private static final Set<String> OF_DIST_GIT = Set.of("koji_build", "bodhi_update");

    public boolean isOfDistGit() {
        return OF_DIST_GIT.contains(type);
    }

    /**
     * The template for the names of its checks, as far as it can be filled for all of them
     * (https://packit.dev/docs/configuration#status_name_template); empty where the checks of several targets would have
     * the same name.
     *
     * @param count for how many targets the job is done
     * @param repository the name of the package where the file has none
     */
    public Optional<String> checkNameTemplate(int count, String repository) {
        String template = checkNames.template();
        if (template == null || (count > 1 && !template.contains("{chroot}"))) {
            return Optional.empty();
        }
        String name = Stream.of(packageName, source.downstreamPackageName(), source.upstreamPackageName())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(repository);
        return Optional.of(template.replace("{package}", name));
    }

    /** The same job under another identifier and other names. */
    JobConfig named(String newIdentifier, CheckNames newNames) {
        return new JobConfig(
                type,
                trigger,
                packageName,
                targets,
                newIdentifier,
                newNames,
                manualTrigger,
                branch,
                skipBuild,
                labels,
                copr,
                build,
                source,
                requiredLabels,
                packitInstances,
                notifications,
                tests,
                distGit,
                koji,
                targetSettings,
                line,
                index);
    }

    /**
     * What tells the checks of a job from those of others.
     *
     * @param identifier the last part of the usual names, or null for none
     * @param template what replaces the usual names, or null; see {@link #checkNameTemplate}
     */
    public record CheckNames(
            @Nullable String identifier, @Nullable String template) {

        /** Tells a job the last part of the names of its checks, by its arguments. */
        public void addIdentifierTo(Map<String, String> arguments) {
            if (identifier != null) {
                arguments.put(Checks.IDENTIFIER, identifier);
            }
        }
    }

    /**
     * Where a build goes, when not to the project that is made for the pull request.
     *
     * @param owner the user or {@code @group}, or null for ours
     * @param project the name, or null for ours
     */
    public record CoprProject(
            @Nullable String owner, @Nullable String project) {}

    /**
     * How the source package is made.
     *
     * @param specfilePath relative to the repository's root
     * @param paths the folders of the package in a monorepo; {@code ./} by default
     * @param buildDependencies packages that making it needs ({@code srpm_build_deps})
     */
    public record SourcePackage(
            @Nullable String specfilePath,
            @Nullable String upstreamPackageName,
            @Nullable String downstreamPackageName,
            List<String> paths,
            List<String> buildDependencies) {}

    /**
     * Which labels of a pull request let the job run ({@code require.label}).
     *
     * @param present at least one of these must be there, unless the list is empty
     * @param absent none of these may be there
     */
    public record RequiredLabels(List<String> present, List<String> absent) {

        /** Whether any labels are right. */
        public boolean isEmpty() {
            return present.isEmpty() && absent.isEmpty();
        }
    }
}
