package dev.forgeway.decide.packageconfig;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One job for one package, with everything that it inherits from its package and from the top level of the file
 * (https://packit.dev/docs/configuration/jobs).
 *
 * @param type the kind of job, as written ("copr_build")
 * @param trigger one of pull_request, commit, release, koji_build, ignore
 * @param packageName the key of the package in a monorepo; null where the file has no {@code packages}
 * @param targets as written ("fedora-all"); see {@link TargetExpansion}
 * @param identifier the last part of the names of its checks
 * @param manualTrigger whether only a command starts it
 * @param branch for pull requests the target branch, for commits the branch; null for the trigger's default
 * @param skipBuild whether tests run without a build
 * @param labels groups of tests
 * @param packitInstances which deployments do it ("prod", "stg")
 * @param distGit where in dist-git it works
 * @param koji how it builds in Koji
 * @param targetSettings what holds for one target alone, by the target as written
 * @param line where the job stands in the file, counted from 1
 */
public record JobConfig(
        String type,
        String trigger,
        @Nullable String packageName,
        List<String> targets,
        @Nullable String identifier,
        boolean manualTrigger,
        @Nullable String branch,
        boolean skipBuild,
        List<String> labels,
        CoprProject copr,
        SourcePackage source,
        RequiredLabels requiredLabels,
        List<String> packitInstances,
        Notifications notifications,
        TestSettings tests,
        DistGitSettings distGit,
        KojiSettings koji,
        Map<String, TargetSettings> targetSettings,
        int line) {

    /**
     * Where a build goes, when not to the project that is made for the pull request.
     *
     * @param owner the user or {@code @group}, or null for ours
     * @param project the name, or null for ours
     * @param timeoutSeconds how long a build may take, or null for the default
     */
    public record CoprProject(
            @Nullable String owner,
            @Nullable String project,
            @Nullable Integer timeoutSeconds) {}

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
    public record RequiredLabels(List<String> present, List<String> absent) {}

    /**
     * What is told beside the checks.
     *
     * @param successfulBuildComment whether a comment tells how to install a successful build
     * @param failureMessage a comment for a failure, or null for none
     */
    public record Notifications(
            boolean successfulBuildComment, @Nullable String failureMessage) {}
}
