package dev.forgeway.handle.downstream;

import dev.forgeway.config.Settings;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.Event;
import dev.forgeway.event.IssueCommentEvent;
import dev.forgeway.event.Project;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.Forges;
import dev.forgeway.forge.Subject;
import dev.forgeway.forge.Target;
import dev.forgeway.handle.NotificationPlan;
import dev.forgeway.handle.RemoteEffects;
import dev.forgeway.store.NoticeStore;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.Wanted;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Tells the people of a project which branches of dist-git were not updated and why: where a comment on an issue asked for it
 * in an answer there, else in one issue for all branches. The same is told once.
 */
@Component
public class FailedBranches {

    private final RemoteEffects effects;
    private final Forges forges;
    private final NoticeStore notices;
    private final OutboxStore outbox;
    private final String prefix;

    public FailedBranches(
            RemoteEffects effects, Forges forges, NoticeStore notices, OutboxStore outbox, Settings settings) {
        this.effects = effects;
        this.forges = forges;
        this.notices = notices;
        this.outbox = outbox;
        this.prefix = settings.decide().commandPrefix();
    }

    /**
     * @param what was to be done, for the title
     * @param reasons why not, by the branch
     */
    void tell(Job job, String what, String page, Map<String, String> reasons) {
        String text = text(page, reasons) + ofConfig(job, page);
        if (job.event() instanceof IssueCommentEvent) {
            answer(job, branches(reasons), text);
            return;
        }
        Event event = job.event();
        issue(job, forges.named(event.forge()), Target.of(event), what, reasons, text);
    }

    /** Says to the person who asked for it, where a comment on an issue did, why nothing was even tried. */
    void tell(Job job, String why) {
        if (job.event() instanceof IssueCommentEvent) {
            answer(job, "Nothing was proposed to dist-git: " + why + "\n");
        }
    }

    /** Answers the comment that asked for a job. */
    void answer(Job job, String text) {
        answer(job, hash(text), text);
    }

    private void answer(Job job, String key, String text) {
        Event asked = job.event();
        String place = Subject.of(asked).orElseThrow().place();
        String whole = Objects.requireNonNull(asked.comment()).id() + ":" + key;
        outbox.want(comment(job, Objects.requireNonNull(asked.forge()), Target.of(asked), place, whole, text));
    }

    /** The same in an issue of a repository that the package config names, where we open issues. */
    void tellIn(Project repository, Job job, String what, String page, Map<String, String> reasons) {
        forges.homeOf(repository)
                .ifPresent(forge -> issue(
                        job,
                        forge,
                        new Target(repository, null),
                        what,
                        reasons,
                        table(page, reasons) + ofConfig(job, page)));
    }

    /** What the package config wants to be said too (https://packit.dev/docs/configuration#failure_comment). */
    private static String ofConfig(Job job, String page) {
        String commit = Objects.requireNonNullElse(job.event().commit(), "");
        return NotificationPlan.of(job)
                .failureText(commit, page)
                .map(text -> "\n" + text + "\n")
                .orElse("");
    }

    /** What else there is to say later is a comment there. */
    private void issue(Job job, Forge forge, Target target, String what, Map<String, String> reasons, String text) {
        if (!NotificationPlan.of(job).failureIssue()) {
            return;
        }
        String project = target.project().key();
        String hash = hash(String.join("\n", "downstream", project, what, text));
        String opening = "downstream " + job.id() + " " + branches(reasons);
        if (!notices.tells(hash + " " + project + " " + what, job.deliveryId())
                || notices.issue(opening).isPresent()) {
            return;
        }
        String whole = "issue " + project + " " + what;
        OptionalInt open = notices.issue(whole);
        if (open.isPresent()) {
            outbox.want(later(job, forge, target, open.getAsInt(), reasons, text));
            return;
        }
        boolean unused = notices.tells(whole, job.deliveryId()) | notices.tells(opening, job.deliveryId());
        String key = "downstream:" + hash(project + "\n" + what);
        String effect = "issue " + project + " " + key;
        int opened = effects.unlessThere(
                job, effect, () -> forge.findIssue(target, key), () -> forge.openIssue(target, key, what, text));
        if (!effects.isBy(job, effect)) {
            outbox.want(later(job, forge, target, opened, reasons, text));
        }
        // first that it is told: without the other, a later attempt finds the issue by its key
        notices.opened(opening, opened);
        notices.opened(whole, opened);
    }

    private static Wanted later(
            Job job, Forge forge, Target target, int issue, Map<String, String> reasons, String text) {
        return comment(job, forge.name(), target, place(issue), job.id() + ":" + branches(reasons), text);
    }

    private static String place(int issue) {
        return new Subject(Subject.Kind.ISSUE, Integer.toString(issue)).place();
    }

    private static String hash(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /**
     * A later attempt of a job may have more branches to tell of, which must not be taken for the same. The reasons do not
     * count, which each attempt may word anew.
     */
    private static String branches(Map<String, String> reasons) {
        return hash(String.join("\n", new TreeSet<>(reasons.keySet())));
    }

    private String text(String page, Map<String, String> reasons) {
        return table(page, reasons) + "\nA comment `" + prefix + " propose-downstream` here tries again.\n";
    }

    private static String table(String page, Map<String, String> reasons) {
        StringBuilder text = new StringBuilder("These branches of dist-git (" + page + ") were not updated:\n\n"
                + "| branch | reason |\n| --- | --- |\n");
        reasons.forEach((branch, reason) -> text.append(
                "| `%s` | %s |\n".formatted(branch, reason.replace("|", "\\|").replaceAll("\\s*\\R\\s*", "<br>"))));
        return text.toString();
    }

    private static Wanted comment(Job job, String forge, Target target, String place, String key, String text) {
        return new Wanted(
                Wanted.Kind.COMMENT,
                forge,
                target,
                place,
                "downstream:" + key,
                null,
                text,
                job.receivedAt(),
                job.deliveryId(),
                job.id());
    }
}
