package dev.forgeway.decide.command;

import dev.forgeway.error.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the command in a comment (https://packit.dev/docs/retriggering): the first line whose first word is the prefix
 * and that has another word. Quoted lines, mentions within a line and other spellings of the prefix are no commands;
 * later lines are ignored. Words are split at white space, without quoting, and {@code --package} may stand anywhere.
 */
public final class CommandParser {

    private static final Pattern LINE_END = Pattern.compile("\\r\\n|\\r|\\n");
    private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\\u00a0]+");
    private static final String PACKAGE = "--package";

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

    /** Reads the text of a comment. */
    public CommandResult parse(String comment) {
        for (String line : LINE_END.split(comment, -1)) {
            List<String> words = words(line);
            if (words.size() > 1 && words.get(0).equals(prefix)) {
                return command(words.subList(1, words.size()));
            }
        }
        return new CommandResult.None();
    }

    private static List<String> words(String line) {
        return WHITE_SPACE.splitAsStream(line).filter(word -> !word.isEmpty()).toList();
    }

    private CommandResult command(List<String> words) {
        var rest = new ArrayList<String>();
        @Nullable String packageName = null;
        for (int index = 0; index < words.size(); index++) {
            String word = words.get(index);
            if (word.startsWith(PACKAGE + "=")) {
                packageName = word.substring(PACKAGE.length() + 1);
            } else if (word.equals(PACKAGE)) {
                packageName = ++index < words.size() ? words.get(index) : "";
            } else {
                rest.add(word);
            }
        }
        if (rest.isEmpty() || (packageName != null && packageName.isEmpty())) {
            return new CommandResult.Unknown(PACKAGE, null);
        }
        String name = rest.get(0);
        if (!knownNames.contains(name)) {
            return new CommandResult.Unknown(
                    name, Suggestion.nearest(name, knownNames).orElse(null));
        }
        return new CommandResult.Found(new Command(name, packageName, List.copyOf(rest.subList(1, rest.size()))));
    }
}
