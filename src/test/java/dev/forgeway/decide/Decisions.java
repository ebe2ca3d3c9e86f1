package dev.forgeway.decide;

import dev.forgeway.decide.command.CommandParser;
import dev.forgeway.decide.command.CommandPrefixes;
import dev.forgeway.event.Comment;
import dev.forgeway.event.Event;
import dev.forgeway.testing.Examples;
import java.util.Set;
import java.util.UUID;

/** Decisions in the middle of the room. */
public final class Decisions {

    /** Knows all of packit's commands. */
    public static final CommandParser COMMANDS =
            CommandParser.ofAllCommands(new CommandPrefixes("/packit", "/packit-ci"), Set.of());

    private Decisions() {}

    /** One whose event is parsed and about which nothing was decided. */
    public static Decision about(Event event) {
        Decision decision = new Decision(Examples.delivery(UUID.randomUUID().toString()));
        decision.event(event);
        Comment comment = event.comment();
        if (comment != null) {
            decision.said(COMMANDS.parse(comment.body()));
        }
        return decision;
    }
}
