package dev.forgeway.handle.downstream;

import dev.forgeway.config.Settings;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.Event;
import dev.forgeway.event.IssueCommentEvent;
import dev.forgeway.forge.Forges;
import dev.forgeway.forge.Subject;
import dev.forgeway.forge.Target;
import dev.forgeway.store.NoticeStore;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.Wanted;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * Tells the people of a project which branches of dist-git were not updated and why: where a comment on an issue asked for it
 * in an answer there, else in one issue for all branches. The same is told once.
 */
@Component
public class FailedBranches {

    private final Forges forges;
    private final NoticeStore notices;
    private final OutboxStore outbox;
    private final String prefix;

    public FailedBranches(Forges forges, NoticeStore notices, OutboxStore outbox, Settings settings) {
        this.forges = forges;
        this.notices = notices;
        this.outbox = outbox;
        this.prefix = settings.decide().commandPrefix();
    }

    /**
     * @param what was to be done, for the title
     * @param reasons why not, by the branch
     * @param repeated an earlier attempt may have told it without our learning of it
     */
    void tell(Job job, String what, String page, Map<String, String> reasons, boolean repeated) {
        String text = text(page, reasons);
        if (job.event() instanceof IssueCommentEvent asked) {
            outbox.want(comment(job, asked, text));
            return;
        }
        Event event = job.event();
        String project = Objects.requireNonNull(event.project()).key();
        String key = String.join("\n", "downstream", project, what, text);
        if (notices.tells(Integer.toHexString(key.hashCode()) + " " + project + " " + what, job.deliveryId())) {
            int unused = forges.named(event.forge())
                    .openIssue(Target.of(event), "downstream:" + job.id(), what, text, repeated);
        }
    }

    private String text(String page, Map<String, String> reasons) {
        StringBuilder text = new StringBuilder("These branches of dist-git (" + page + ") were not updated:\n\n"
                + "| branch | reason |\n| --- | --- |\n");
        reasons.forEach((branch, reason) -> text.append(
                "| `%s` | %s |\n".formatted(branch, reason.replace("|", "\\|").replaceAll("\\s*\\R\\s*", "<br>"))));
        return text + "\nA comment `" + prefix + " propose-downstream` here tries again.\n";
    }

    private static Wanted comment(Job job, IssueCommentEvent asked, String text) {
        return new Wanted(
                Wanted.Kind.COMMENT,
                asked.forge(),
                Target.of(asked),
                Subject.of(asked).orElseThrow().place(),
                "downstream:" + asked.comment().id(),
                null,
                text,
                job.receivedAt(),
                job.deliveryId(),
                job.id());
    }
}
