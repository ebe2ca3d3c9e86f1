package dev.forgeway.handle;

import dev.forgeway.config.Settings;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.IssueCommentEvent;
import dev.forgeway.event.Project;
import dev.forgeway.forge.CheckState;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.Forges;
import dev.forgeway.forge.Subject;
import dev.forgeway.forge.Target;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.PackageIssueStore;
import dev.forgeway.store.Wanted;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells what came of builds and updates of dist-git: where a push, or a build that got into a side tag, asked for one that failed, in an issue of the repository that
 * the package config names for that ({@code issue_repository}, https://packit.dev/docs/configuration#issue_repository), one for
 * each job; where a comment there asked for it once more, in an answer to that.
 */
@Component
public class PackageIssues {

    private static final int SHORT = 7;

    private final RemoteEffects effects;
    private final Forges forges;
    private final PackageIssueStore issues;
    private final OutboxStore outbox;
    private final String prefix;

    public PackageIssues(
            RemoteEffects effects, Forges forges, PackageIssueStore issues, OutboxStore outbox, Settings settings) {
        this.effects = effects;
        this.forges = forges;
        this.issues = issues;
        this.outbox = outbox;
        this.prefix = settings.decide().commandPrefix();
    }

    /**
     * Tells how a job ended, once however often it is called. A forge that takes no issues is no reason to fail: the checks
     * say it too.
     *
     * @param what should have been done, for the title ("built in Koji")
     * @param title how it ended, in a sentence
     * @param url where there is more to see, or null
     * @throws dev.forgeway.error.TransientException when the forge cannot take it now
     */
    public void tell(Job job, String what, CheckState state, String title, @Nullable String url) {
        if (job.event() instanceof IssueCommentEvent asked) {
            answer(job, asked, state, title, url);
            return;
        }
        String repository = job.arguments().get(DownstreamPlan.ISSUES);
        if (repository == null || state != CheckState.FAILURE || !DownstreamPlan.isUnwatched(job.event())) {
            return;
        }
        Optional<Project> project = Project.at(repository, null, null);
        Optional<Forge> forge = project.flatMap(forges::homeOf);
        if (forge.isPresent() && !issues.isOpened(job.id())) {
            try {
                open(job, forge.get(), project.get(), what, title, url);
            } catch (UserErrorException e) {
                StepLog.note("not-told", e.getMessage());
            }
        }
    }

    /** Does the work of a job, and tells what only a person can mend. Throws what the work throws. */
    public Outcome telling(Job job, String what, Supplier<Outcome> work) {
        try {
            return work.get();
        } catch (UserErrorException e) {
            tell(job, what, CheckState.FAILURE, String.valueOf(e.getMessage()), null);
            throw e;
        }
    }

    private void open(Job job, Forge forge, Project project, String what, String title, @Nullable String url) {
        Project pkg = Objects.requireNonNull(job.event().project());
        String commit = Objects.requireNonNull(job.event().commit());
        String branch = Origin.of(job).map(Origin::value).orElse("");
        String name = pkg.name() + " was not " + what + " for " + branch + " ("
                + commit.substring(0, Math.min(SHORT, commit.length())) + ")";
        String text = "The package " + pkg.url() + " was not " + what + " for its branch `" + branch
                + "`, commit " + commit + ":\n\n" + line(title, url) + "\n\nComments here try again: `" + prefix
                + " koji-build` builds the newest commit of the branch, and `" + prefix
                + " create-update` makes an update of its newest build.\n"
                + NotificationPlan.of(job)
                        .failureText(commit, Objects.requireNonNullElse(url, pkg.url()))
                        .map(said -> "\n" + said + "\n")
                        .orElse("");
        Target target = new Target(project, null);
        String key = "package:" + job.id();
        int opened = effects.unlessThere(
                job,
                "issue " + project.key() + " " + key,
                () -> forge.findIssue(target, key),
                () -> forge.openIssue(target, key, name, text));
        issues.opened(forge.name(), fullName(project), opened, job.id());
    }

    private void answer(Job job, IssueCommentEvent asked, CheckState state, String title, @Nullable String url) {
        outbox.want(new Wanted(
                Wanted.Kind.COMMENT,
                asked.forge(),
                Target.of(asked),
                Subject.of(asked).orElseThrow().place(),
                "package:" + job.id() + ":" + state,
                null,
                "`" + String.join("`, `", job.targets()) + "`: " + line(title, url),
                job.receivedAt(),
                job.deliveryId(),
                job.id()));
    }

    private static String line(String title, @Nullable String url) {
        return url == null ? title : title + " " + url;
    }

    private static String fullName(Project project) {
        return project.namespace() + "/" + project.name();
    }
}
