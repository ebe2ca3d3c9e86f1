package dev.forgeway.decide.filter;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Verdict;
import dev.forgeway.decide.command.CommandParser;
import dev.forgeway.decide.command.CommandResult;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Comment;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Comments in which nobody speaks to us are none of our business. */
@Component
public class CommandFilter implements EventFilter {

    private final CommandParser commands;

    public CommandFilter(CommandParser commands) {
        this.commands = commands;
    }

    @Override
    public Verdict judge(Decision decision) {
        Comment comment = Objects.requireNonNull(decision.event().comment(), "no comment");
        CommandResult result = commands.parse(comment.body());
        decision.said(result);
        return result instanceof CommandResult.None
                ? Verdict.ignore(Reason.NO_COMMAND, null)
                : Verdict.pass(
                        result instanceof CommandResult.Found found
                                ? "command " + found.command().name()
                                : "somebody speaks to us");
    }
}
