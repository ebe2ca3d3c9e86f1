package dev.forgeway.decide.filter;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Verdict;
import dev.forgeway.decide.command.CommandParser;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Comment;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * Whoever edits a comment repeats its command only by changing it. Where the forge does not tell what the comment was
 * before, an edit commands nothing, because the command was followed when it was new.
 */
@Component
public class UnchangedCommandFilter implements EventFilter {

    private final CommandParser commands;

    public UnchangedCommandFilter(CommandParser commands) {
        this.commands = commands;
    }

    @Override
    public Verdict judge(Decision decision) {
        if (!decision.event().action().equals("edited")) {
            return Verdict.pass("new");
        }
        Comment comment = Objects.requireNonNull(decision.event().comment(), "no comment");
        if (comment.before() == null) {
            return Verdict.ignore(Reason.COMMAND_UNCHANGED, "the forge does not tell what it was before");
        }
        return commands.parse(comment.before()).equals(decision.said())
                ? Verdict.ignore(Reason.COMMAND_UNCHANGED, null)
                : Verdict.pass("the command changed");
    }
}
