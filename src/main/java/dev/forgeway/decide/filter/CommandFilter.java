package dev.forgeway.decide.filter;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Verdict;
import dev.forgeway.decide.command.Command;
import dev.forgeway.decide.command.CommandParser;
import dev.forgeway.decide.command.CommandResult;
import dev.forgeway.error.Reason;
import dev.forgeway.event.PullRequestCommentEvent;
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
        String text = ((PullRequestCommentEvent) decision.event()).comment().body();
        CommandResult result = commands.parse(text);
        if (result instanceof CommandResult.Found found) {
            Command command = found.command();
            return Verdict.pass("command " + command.name());
        }
        if (result instanceof CommandResult.Unknown unknown) {
            return Verdict.refuse(
                    Reason.UNKNOWN_COMMAND,
                    unknown.nearest() == null ? unknown.name() : unknown.name() + ", nearest: " + unknown.nearest());
        }
        return Verdict.ignore(Reason.NO_COMMAND, null);
    }
}
