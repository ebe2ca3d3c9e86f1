package dev.forgeway.decide.command;

import java.util.Optional;

/**
 * The first words of a line with a command. Behind the second one stand the commands of Fedora CI
 * (https://packit.dev/docs/fedora-ci/retriggering), whose names begin with {@value #CI} wherever a prefix is not written, so
 * that {@code /packit-ci test} is {@code ci-test} and {@code /packit test} is {@code test}.
 *
 * @param packit before packit's commands ("/packit")
 * @param ci before those of Fedora CI ("/packit-ci")
 */
public record CommandPrefixes(String packit, String ci) {

    static final String CI = "ci-";

    /** The command that lists the commands of Fedora CI. */
    public static final String CI_HELP = CI + "help";

    /** Whether a command is one of Fedora CI. */
    public static boolean isCi(String name) {
        return name.startsWith(CI);
    }

    /** A command, or its usage, as people write it. */
    public String written(String name) {
        return isCi(name) ? ci + " " + bare(name) : packit + " " + name;
    }

    /** What a command is called behind its prefix. */
    public static String bare(String name) {
        return isCi(name) ? name.substring(CI.length()) : name;
    }

    /** What the names of the commands behind this first word begin with; empty where it is no prefix. */
    Optional<String> family(String firstWord) {
        if (firstWord.equals(packit)) {
            return Optional.of("");
        }
        return firstWord.equals(ci) ? Optional.of(CI) : Optional.empty();
    }
}
