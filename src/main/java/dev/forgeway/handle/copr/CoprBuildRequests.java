package dev.forgeway.handle.copr;

import dev.forgeway.config.Settings;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Project;
import dev.forgeway.handle.BuildPlan;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.Origin;
import dev.forgeway.service.copr.CoprBuildRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * What to ask Copr for: the SRPM is made in Copr itself, by the custom source method
 * (https://docs.pagure.org/copr.copr/custom_source_method.html) and packit's {@code prepare-sources}.
 */
@Component
public class CoprBuildRequests {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");
    private static final String GITHUB = "github.com";
    private static final Duration TIMEOUT = Duration.ofHours(5);

    private final String owner;

    public CoprBuildRequests(Settings settings) {
        this.owner = Objects.requireNonNullElse(settings.service().copr().owner(), "");
    }

    /** The build of a job; its marker is the job's own id, so that it is found again. */
    public CoprBuildRequest of(Job job, Project project) {
        Origin origin = Origin.of(job).orElseThrow(() -> new IllegalStateException("nothing to build for " + job.id()));
        BuildPlan plan = BuildPlan.of(job);
        return new CoprBuildRequest(
                job.arguments().getOrDefault("owner", owner),
                job.arguments().getOrDefault("project", projectName(job, project, origin)),
                job.targets(),
                "forgeway:" + job.id(),
                script(job, project, origin, plan),
                dependencies(job),
                Objects.requireNonNullElse(plan.timeoutSeconds(), (int) TIMEOUT.toSeconds()),
                plan.enableNet(),
                plan.project(),
                plan.chroots(),
                isCustom(job) ? project.key() : null);
    }

    /** Whoever may build here could name anybody's project, in which our account may build for another repository. */
    private static boolean isCustom(Job job) {
        return job.arguments().containsKey("owner") || job.arguments().containsKey("project");
    }

    /** What the script itself needs, and what the job says that its package needs beside ({@code srpm_build_deps}). */
    private static List<String> dependencies(Job job) {
        String ofJob = job.arguments().get(Job.SOURCE_DEPENDENCIES);
        return Stream.concat(Stream.of("git", "packit"), ofJob == null ? Stream.of() : ofJob.lines())
                .distinct()
                .toList();
    }

    /**
     * A project for each pull request and each branch, and one for all releases, as packit names them: repositories of the
     * same name on several forges are told from each other by the host of all but GitHub, and jobs that may want other things
     * of their project by their identifiers; the packages of one repository share a project. Copr allows letters, digits,
     * hyphens, underscores, dots and plus signs.
     */
    private static String projectName(Job job, Project project, Origin origin) {
        String place = origin.kind() == Origin.Kind.TAG ? "releases" : origin.value();
        String host = project.host().equals(GITHUB) ? "" : project.host() + "-";
        String namespace = project.namespace().isEmpty() ? "" : project.namespace() + "-";
        String identifier = job.packageName() == null ? job.arguments().get(Checks.IDENTIFIER) : null;
        String whose = identifier == null ? "" : "-" + identifier;
        return (host + namespace + project.name() + "-" + place + whose).replaceAll("[^A-Za-z0-9_.+-]", "-");
    }

    /**
     * Nothing that a stranger may choose freely gets into the script without being checked or quoted. In a repository of
     * several packages, packit prepares the one that is named, and the index is that of a job among its jobs; what the job
     * says replaces what the package says (https://packit.dev/docs/cli/prepare-sources). A release keeps the {@code Release}
     * that it was given. Copr takes the files of the result folder alone, where a link would lead nowhere.
     */
    private static String script(Job job, Project project, Origin origin, BuildPlan plan) {
        String commit = Objects.requireNonNull(job.event().commit());
        if (!COMMIT.matcher(commit).matches()) {
            throw new UserErrorException("The commit is no hash.");
        }
        List<String> options = new ArrayList<>();
        if (job.packageName() != null) {
            options.add("--package=" + quoted(job.packageName()));
        }
        String index = job.arguments().get(Job.CONFIG_INDEX);
        if (index != null) {
            options.add("--job-config-index " + Integer.parseInt(index));
        }
        switch (origin.kind()) {
            case PULL_REQUEST -> options.addAll(pullRequest(origin.value(), Origin.targetBranch(job), plan));
            case BRANCH -> options.add("--merged-ref=" + commit);
            case TAG -> {
                options.add("--no-update-release");
                options.add("--merged-ref=" + quoted(origin.value()));
            }
        }
        return """
                #!/bin/sh -xe
                git config --global user.name Forgeway
                git config --global user.email forgeway@localhost
                result_dir="$PWD"
                packit --debug prepare-sources --result-dir "$result_dir" --no-create-symlinks %s --ref %s %s
                """.formatted(String.join(" ", options), commit, quoted(project.url()));
    }

    /**
     * In Copr, packit asks no forge for the branch that it merges a pull request into, and without it refuses to merge
     * (https://packit.dev/docs/configuration#merge_pr_in_ci). That branch also tells which tag was the last one.
     */
    private static List<String> pullRequest(String number, Optional<String> target, BuildPlan plan) {
        String merge = target.isEmpty() || plan.headOnly()
                ? "--no-merge-pr"
                : "--merge-pr --target-branch=" + quoted(target.get());
        return Stream.concat(
                        Stream.of("--pr-id " + number, merge),
                        target.stream().map(branch -> "--merged-ref=" + quoted(branch)))
                .toList();
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
