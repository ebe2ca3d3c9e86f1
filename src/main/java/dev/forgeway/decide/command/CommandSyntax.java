package dev.forgeway.decide.command;

import static dev.forgeway.decide.command.CommandOption.Kind.LIST;
import static dev.forgeway.decide.command.CommandOption.Kind.REPEATED;
import static dev.forgeway.decide.command.CommandOption.Kind.VALUE;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a command is written (https://packit.dev/docs/retriggering, https://packit.dev/docs/fedora-ci/retriggering). Which of them do something is said by the handlers.
 *
 * @param names all names of the command; they mean the same
 * @param words what its words must look like; an empty pattern allows none
 * @param wordsUsage how the words are shown in the usage
 * @param needsWord whether it means nothing without a word
 */
record CommandSyntax(
        List<String> names, List<CommandOption> options, Pattern words, String wordsUsage, boolean needsWord) {

    private static final Pattern NO_WORDS = Pattern.compile("");
    private static final CommandOption COMMIT = CommandOption.of(VALUE, "<branch>", "commit");
    private static final CommandOption RELEASE = CommandOption.of(VALUE, "<tag>", "release");

    private static final CommandOption TARGET = CommandOption.of(VALUE, "<eln or rawhide>", "target");

    private static final List<CommandSyntax> ALL = List.of(
            plain("help"),
            plain(List.of("build", "copr-build"), COMMIT, RELEASE),
            plain("rebuild-failed"),
            plain(List.of("upstream-koji-build", "production-build")),
            new CommandSyntax(
                    List.of("test"),
                    List.of(
                            COMMIT,
                            RELEASE,
                            CommandOption.of(VALUE, "<identifier>", "identifier", "--id", "-i"),
                            CommandOption.of(LIST, "<label>,<label>", "labels"),
                            CommandOption.of(REPEATED, "<name>=<value>", "env")),
                    Pattern.compile("[\\w.-]+(/[\\w.-]+)+#\\d+"),
                    "[<namespace>/<repository>#<pull request>]…",
                    false),
            plain("retest-failed"),
            plain("vm-image-build"),
            plain(List.of("propose-downstream", "propose-update")),
            plain(
                    List.of("pull-from-upstream"),
                    CommandOption.of(LIST, "<bug>,<bug>", "resolve-bug", "--resolved-bugs"),
                    CommandOption.flag("with-pr-config"),
                    CommandOption.of(VALUE, "<version>", "version")),
            plain("koji-build"),
            plain(List.of("koji-tag"), CommandOption.flag("all-branches")),
            plain("create-update"),
            new CommandSyntax(List.of("verify-fas"), List.of(), Pattern.compile("[\\w.-]+"), "<FAS account>", true),
            plain(CommandPrefixes.CI_HELP),
            plain(List.of(CommandPrefixes.CI + "scratch-build"), TARGET),
            new CommandSyntax(
                    List.of(CommandPrefixes.CI + "test"),
                    List.of(TARGET),
                    Pattern.compile("[\\w.-]+"),
                    "[<test>]",
                    false));

    private static CommandSyntax plain(String name) {
        return plain(List.of(name));
    }

    private static CommandSyntax plain(List<String> names, CommandOption... options) {
        return new CommandSyntax(names, Arrays.asList(options), NO_WORDS, "", false);
    }

    /** The names of all commands that packit's users know. */
    static Set<String> allNames() {
        return ALL.stream().flatMap(syntax -> syntax.names.stream()).collect(Collectors.toSet());
    }

    /** How the command of this name is written; one that is only known by its name takes nothing. */
    static CommandSyntax of(String name) {
        return ALL.stream()
                .filter(syntax -> syntax.names.contains(name))
                .findFirst()
                .orElseGet(() -> plain(name));
    }

    Optional<CommandOption> option(String written) {
        return options.stream().filter(option -> option.isWritten(written)).findFirst();
    }

    List<String> writtenOptions() {
        return options.stream().map(option -> "--" + option.name()).toList();
    }

    /** The command with everything that it takes, without the prefix. */
    String usage(String name) {
        String more = options.stream().map(option -> " " + option.usage()).collect(Collectors.joining());
        return name + (wordsUsage.isEmpty() ? "" : " " + wordsUsage) + more;
    }
}
