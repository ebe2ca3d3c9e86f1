package dev.forgeway.decide;

import dev.forgeway.decide.command.Command;
import dev.forgeway.decide.command.CommandResult;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.IssueCommentEvent;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.PackageIssueStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Finds the build or update of dist-git that an issue is about, because we opened the issue when that failed
 * (https://packit.dev/docs/retriggering). What the job needs is stored with it, so no package config is asked for: the
 * repository of the issue need not have one.
 */
@Component
public class PackageIssueFinder {

    private static final Set<String> COMMANDS = Set.of("koji-build", "create-update");

    private final PackageIssueStore issues;
    private final JobStore jobs;

    public PackageIssueFinder(PackageIssueStore issues, JobStore jobs) {
        this.issues = issues;
        this.jobs = jobs;
    }

    /** Keeps the job as what is to be done again; whether there is one. */
    boolean find(Decision decision) {
        if (decision.event() instanceof IssueCommentEvent comment
                && decision.said() instanceof CommandResult.Found found
                && COMMANDS.contains(found.command().name())) {
            Optional<Job> about = about(comment, found.command());
            about.ifPresent(job -> decision.reruns(List.of(new Rerun(job, job.targets()))));
            return about.isPresent();
        }
        return false;
    }

    private Optional<Job> about(IssueCommentEvent comment, Command command) {
        String repository =
                comment.project().namespace() + "/" + comment.project().name();
        return issues.at(comment.forge(), repository, comment.issue().number())
                .flatMap(jobs::load)
                .filter(job ->
                        command.packageName() == null || command.packageName().equals(job.packageName()));
    }
}
