package dev.forgeway.decide.command;

import org.jspecify.annotations.Nullable;

/** What a comment says to this service. */
public sealed interface CommandResult {

    /** Nothing: the comment holds no command, and nobody waits for an answer. */
    record None() implements CommandResult {}

    /**
     * A command that does not exist; the person deserves an answer.
     *
     * @param name the word that is not known, behind {@code ci-} where it stands behind the prefix of Fedora CI
     * @param nearest the known name that was probably meant
     */
    record Unknown(String name, @Nullable String nearest) implements CommandResult {}

    /**
     * A command that exists and was written in a way that it cannot be followed; the person deserves an answer.
     *
     * @param problem one sentence without a full stop, with what was written in backticks
     * @param usage how the command is written, without the prefix ({@link CommandPrefixes#written}); null where it is not known which one was meant
     */
    record Malformed(String problem, @Nullable String usage) implements CommandResult {}

    /** A command. */
    record Found(Command command) implements CommandResult {}
}
