package dev.forgeway.decide.filter;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Verdict;
import dev.forgeway.decide.command.CommandResult;
import dev.forgeway.error.Reason;
import dev.forgeway.event.EventType;
import org.springframework.stereotype.Component;

/**
 * A command that does not exist, that was written wrongly, or that names a branch or a release where it has its own, cannot be
 * followed; what is meant is not guessed (https://packit.dev/docs/retriggering).
 */
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
        if (said instanceof CommandResult.Malformed malformed) {
            return Verdict.refuse(Reason.INVALID_COMMAND, malformed.problem());
        }
        boolean misplaced = said instanceof CommandResult.Found found
                && found.command().namesRef()
                && decision.event().type() != EventType.COMMIT_COMMENT;
        return misplaced
                ? Verdict.refuse(Reason.REF_MISMATCH, "`--commit` and `--release` are for comments on commits")
                : Verdict.pass("understood");
    }
}
