package dev.forgeway.decide.command;

import dev.forgeway.error.Suggestion;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the command in a comment (https://packit.dev/docs/retriggering): the first line whose first word is a prefix
 * and that has another word. Quoted lines, mentions within a line and other spellings of the prefix are no commands;
 * later lines are ignored. Words are split at white space, without quoting, and {@code --package} may stand anywhere.
 */
public final class CommandParser {

    private static final int LONGEST_QUOTE = 60;

    private static final Pattern LINE_END = Pattern.compile("\\r\\n|\\r|\\n");
    private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\\u00a0]+");

    private final CommandPrefixes prefixes;
    private final Set<String> knownNames;

    /**
     * @param prefixes the first words of command lines
     * @param knownNames the commands that exist ("build", "copr-build", "help")
     */
    public CommandParser(CommandPrefixes prefixes, Set<String> knownNames) {
        this.prefixes = prefixes;
        this.knownNames = Set.copyOf(knownNames);
    }

    /** A parser of all commands that packit's users know, and of these. */
    public static CommandParser ofAllCommands(CommandPrefixes prefixes, Set<String> more) {
        Set<String> names = new HashSet<>(CommandSyntax.allNames());
        names.addAll(more);
        return new CommandParser(prefixes, names);
    }

    /** How a command is written, without the prefix: {@code test [--labels <labels>]}. */
    public static String usage(String name) {
        return CommandSyntax.of(name).usage(name);
    }

    /** A command, or its usage, as people write it. */
    public String written(String name) {
        return prefixes.written(name);
    }

    /** Reads the text of a comment. */
    public CommandResult parse(String comment) {
        List<String> words = commandWords(comment);
        if (words.isEmpty()) {
            return new CommandResult.None();
        }
        String family = prefixes.family(words.get(0)).orElseThrow();
        return new CommandLine(family, words.subList(1, words.size())).read(word -> known(family, word));
    }

    /** The line of a comment that {@link #parse} reads, with one blank between its words; empty without one. */
    public String line(String comment) {
        return String.join(" ", commandWords(comment));
    }

    private List<String> commandWords(String comment) {
        for (String line : LINE_END.split(comment, -1)) {
            List<String> words = words(line);
            if (words.size() > 1 && prefixes.family(words.get(0)).isPresent()) {
                return words;
            }
        }
        return List.of();
    }

    /** What begins like a command of Fedora CI is none behind the other prefix, but shows what was meant. */
    private CommandResult known(String family, String word) {
        String name = family + word;
        return knownNames.contains(name) && CommandPrefixes.isCi(name) == CommandPrefixes.isCi(family)
                ? new CommandResult.None()
                : new CommandResult.Unknown(name, nearest(name).orElse(null));
    }

    /** What was probably meant: a slip of the pen, or else the beginning of one command alone. */
    private Optional<String> nearest(String name) {
        Set<String> family = family(name);
        Optional<String> slip = Suggestion.nearest(name, family);
        if (slip.isPresent()) {
            return slip;
        }
        List<String> longer =
                family.stream().filter(known -> known.startsWith(name + "-")).toList();
        return longer.size() == 1 ? Optional.of(longer.get(0)) : Optional.empty();
    }

    private Set<String> family(String name) {
        return knownNames.stream()
                .filter(known -> CommandPrefixes.isCi(known) == CommandPrefixes.isCi(name))
                .collect(Collectors.toSet());
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
