package dev.forgeway.decide.command;

import java.util.List;

/**
 * An option of a command.
 *
 * @param names its long name without dashes, then other ways to write it, with their dashes
 * @param example what stands for its value in the usage; empty for an option without one
 */
record CommandOption(List<String> names, Kind kind, String example) {

    /** What an option takes. */
    enum Kind {
        FLAG,
        /** One value; the last one counts. */
        VALUE,
        /** Values between commas; the last list counts. */
        LIST,
        /** One value each time that it is given; all count. */
        REPEATED
    }

    static CommandOption flag(String name) {
        return new CommandOption(List.of(name), Kind.FLAG, "");
    }

    static CommandOption of(Kind kind, String example, String... names) {
        return new CommandOption(List.of(names), kind, example);
    }

    String name() {
        return names.get(0);
    }

    /** Whether it is written like this, with its dashes. */
    boolean isWritten(String written) {
        return written.equals("--" + name()) || names.indexOf(written) > 0;
    }

    String usage() {
        return "[--" + name() + (kind == Kind.FLAG ? "" : " " + example) + "]" + (kind == Kind.REPEATED ? "…" : "");
    }
}
