package dev.forgeway.decide.filter;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Verdict;
import dev.forgeway.decide.command.CommandResult;
import dev.forgeway.error.Reason;
import org.springframework.stereotype.Component;

/** A command that does not exist, or that was written wrongly, cannot be followed; what is meant is not guessed. */
@Component
public class MisspeltCommandFilter implements EventFilter {

    @Override
    public Verdict judge(Decision decision) {
        CommandResult said = decision.said();
        if (said instanceof CommandResult.Unknown unknown) {
            return Verdict.refuse(
                    Reason.UNKNOWN_COMMAND,
                    unknown.nearest() == null ? unknown.name() : unknown.name() + ", nearest: " + unknown.nearest());
        }
        return said instanceof CommandResult.Malformed malformed
                ? Verdict.refuse(Reason.INVALID_COMMAND, malformed.problem())
                : Verdict.pass("understood");
    }
}
