package dev.forgeway.decide.command;

import org.jspecify.annotations.Nullable;

/** What a comment says to this service. */
public sealed interface CommandResult {

    /** Nothing: the comment holds no command, and nobody waits for an answer. */
    record None() implements CommandResult {}

    /**
     * Something that cannot be followed; the person deserves an answer.
     *
     * @param name the word that is not known, or {@code --package} where its value or the command is missing
     * @param nearest the known name that was probably meant
     */
    record Unknown(String name, @Nullable String nearest) implements CommandResult {}

    /** A command. */
    record Found(Command command) implements CommandResult {}
}
