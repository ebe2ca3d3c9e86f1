package dev.forgeway.decide.command;

import dev.forgeway.error.Suggestion;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the command in a comment (https://packit.dev/docs/retriggering): the first line whose first word is the prefix
 * and that has another word. Quoted lines, mentions within a line and other spellings of the prefix are no commands;
 * later lines are ignored. Words are split at white space, without quoting, and {@code --package} may stand anywhere.
 */
public final class CommandParser {

    private static final int LONGEST_QUOTE = 60;

    private static final Pattern LINE_END = Pattern.compile("\\r\\n|\\r|\\n");
    private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\\u00a0]+");

    private final String prefix;
    private final Set<String> knownNames;

    /**
     * @param prefix the first word of a command line ("/packit")
     * @param knownNames the commands that exist ("build", "copr-build", "help")
     */
    public CommandParser(String prefix, Set<String> knownNames) {
        this.prefix = prefix;
        this.knownNames = Set.copyOf(knownNames);
    }

    /** A parser of all commands that packit's users know, and of these. */
    public static CommandParser ofAllCommands(String prefix, Set<String> more) {
        Set<String> names = new HashSet<>(CommandSyntax.allNames());
        names.addAll(more);
        return new CommandParser(prefix, names);
    }

    /** How a command is written, without the prefix: {@code copr-build [--commit <branch>]}. */
    public static String usage(String name) {
        return CommandSyntax.of(name).usage(name);
    }

    public String prefix() {
        return prefix;
    }

    /** Reads the text of a comment. */
    public CommandResult parse(String comment) {
        for (String line : LINE_END.split(comment, -1)) {
            List<String> words = words(line);
            if (words.size() > 1 && words.get(0).equals(prefix)) {
                return new CommandLine(words.subList(1, words.size())).read(this::known);
            }
        }
        return new CommandResult.None();
    }

    private CommandResult known(String name) {
        return knownNames.contains(name)
                ? new CommandResult.None()
                : new CommandResult.Unknown(
                        name, Suggestion.nearest(name, knownNames).orElse(null));
    }

    private static List<String> words(String line) {
        return WHITE_SPACE.splitAsStream(line).filter(word -> !word.isEmpty()).toList();
    }

    /** A word of a stranger as code, which it can neither end nor fill a screen with, and which mentions nobody. */
    public static String quoted(String word) {
        String start = word.length() <= LONGEST_QUOTE ? word : word.substring(0, LONGEST_QUOTE) + "…";
        return "`" + start.replace('`', '\'') + "`";
    }
}
