package dev.forgeway.decide.filter;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Verdict;
import dev.forgeway.decide.command.CommandParser;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Comment;
import dev.forgeway.event.Event;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.Forges;
import dev.forgeway.forge.Subject;
import dev.forgeway.store.CommentCommandStore;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * Whoever edits a comment repeats its command only by changing it. Where the forge does not tell what the comment was
 * before, it is compared with what the delivery before said of the same comment; a command that was never seen is new.
 */
@Component
public class UnchangedCommandFilter implements EventFilter {

    private final CommandParser commands;
    private final Forges forges;
    private final CommentCommandStore seen;

    public UnchangedCommandFilter(CommandParser commands, Forges forges, CommentCommandStore seen) {
        this.commands = commands;
        this.forges = forges;
        this.seen = seen;
    }

    @Override
    public Verdict judge(Decision decision) {
        Event event = decision.event();
        Comment comment = Objects.requireNonNull(event.comment(), "no comment");
        boolean isTold =
                forges.find(event.forge()).map(Forge::tellsWhatWasEdited).orElse(true);
        boolean isSeen = !isTold
                && seen.repeats(
                        key(event, comment),
                        commands.line(comment.body()),
                        decision.delivery().id());
        if (!event.action().equals("edited")) {
            return Verdict.pass("new");
        }
        if (!isTold) {
            return isSeen ? Verdict.ignore(Reason.COMMAND_UNCHANGED, null) : Verdict.pass("the command is another");
        }
        if (comment.before() == null) {
            return Verdict.ignore(Reason.COMMAND_UNCHANGED, "the forge does not tell what it was before");
        }
        return commands.parse(comment.before()).equals(decision.said())
                ? Verdict.ignore(Reason.COMMAND_UNCHANGED, null)
                : Verdict.pass("the command changed");
    }

    /** Comments on different things may have the same id. */
    private static String key(Event event, Comment comment) {
        return String.join(
                "\n",
                Objects.requireNonNull(event.project()).key(),
                Subject.of(event).orElseThrow().place(),
                Long.toString(comment.id()));
    }
}
