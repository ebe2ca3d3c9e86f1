package dev.forgeway.decide.command;

import dev.forgeway.error.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words behind the prefix, read from left to right. */
final class CommandLine {

    private static final String PACKAGE = "--package";

    /** What other tools call it. */
    private static final Set<String> HELP = Set.of("--help", "-h");

    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_]\\w*=.*");

    private final String family;
    private final Iterator<String> words;
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, List<String>> options = new TreeMap<>();
    private @Nullable String name;
    private @Nullable String packageName;
    private @Nullable CommandResult failure;

    /** @param family what the name of the command begins with, but is not written */
    CommandLine(String family, List<String> words) {
        this.family = family;
        this.words = words.iterator();
    }

    /** @param unknown says that a name does not exist, by a failure; {@link CommandResult.None} when it does */
    CommandResult read(Function<String, CommandResult> unknown) {
        while (failure == null && words.hasNext()) {
            String word = words.next();
            if (word.equals(PACKAGE) || word.startsWith(PACKAGE + "=")) {
                packageName = value(PACKAGE, word);
            } else if (name == null) {
                readName(word, unknown);
            } else if (word.startsWith("-") && word.length() > 1) {
                readOption(word, CommandSyntax.of(name));
            } else {
                readArgument(word, CommandSyntax.of(name));
            }
        }
        return failure == null ? finished() : failure;
    }

    private CommandResult finished() {
        if (name == null) {
            return new CommandResult.Malformed("there is no command behind the option", null);
        }
        if (CommandSyntax.of(name).needsWord() && arguments.size() != 1) {
            return malformed("`" + bare() + "` needs one word");
        }
        return new CommandResult.Found(new Command(name, packageName, List.copyOf(arguments), Map.copyOf(options)));
    }

    private void readName(String word, Function<String, CommandResult> unknown) {
        if (HELP.contains(word)) {
            name = family + "help";
            return;
        }
        if (word.startsWith("-")) {
            fail(CommandParser.quoted(word) + " must stand behind the command");
            return;
        }
        CommandResult known = unknown.apply(word);
        if (known instanceof CommandResult.None) {
            name = family + word;
        } else {
            failure = known;
        }
    }

    private void readOption(String word, CommandSyntax syntax) {
        int equals = word.indexOf('=');
        String written = equals < 0 ? word : word.substring(0, equals);
        Optional<CommandOption> found = syntax.option(written);
        if (found.isEmpty()) {
            String nearest = Suggestion.nearest(written, syntax.writtenOptions())
                    .map(near -> "; did you mean `" + near + "`?")
                    .orElse("");
            fail("`" + bare() + "` has no option " + CommandParser.quoted(written) + nearest);
            return;
        }
        CommandOption option = found.get();
        switch (option.kind()) {
            case FLAG -> {
                if (equals >= 0) {
                    fail("`" + written + "` takes no value");
                }
                options.put(option.name(), List.of());
            }
            case VALUE -> options.put(option.name(), List.of(value(written, word)));
            case LIST -> options.put(option.name(), list(value(written, word)));
            case REPEATED ->
                options.computeIfAbsent(option.name(), first -> new ArrayList<>())
                        .add(assignment(written, value(written, word)));
        }
    }

    private String assignment(String written, String value) {
        if (!value.isEmpty() && !ASSIGNMENT.matcher(value).matches()) {
            fail("`" + written + "` needs `NAME=value` instead of " + CommandParser.quoted(value));
        }
        return value;
    }

    private static List<String> list(String value) {
        return Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    /** What stands behind the equals sign, or else the next word. */
    private String value(String written, String word) {
        String value = word.length() > written.length()
                ? word.substring(written.length() + 1)
                : words.hasNext() ? words.next() : "";
        if (value.isEmpty()) {
            fail("`" + written + "` needs a value");
        }
        return value;
    }

    private void readArgument(String word, CommandSyntax syntax) {
        if (syntax.words().matcher(word).matches()) {
            arguments.add(word);
        } else {
            fail("`" + bare() + "` cannot do anything with " + CommandParser.quoted(word));
        }
    }

    private String bare() {
        return CommandPrefixes.bare(String.valueOf(name));
    }

    private void fail(String problem) {
        failure = malformed(problem);
    }

    private CommandResult malformed(String problem) {
        return new CommandResult.Malformed(
                problem, name == null ? null : CommandSyntax.of(name).usage(name));
    }
}
