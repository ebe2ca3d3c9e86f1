package dev.forgeway.send;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line ({@code ./forgeway}); the application itself is started by {@link dev.forgeway.Application}. Exit
 * codes: 0 done, 1 refused by the other side, 2 wrong arguments or a missing setting, 3 not reached.
 */
@Command(
        name = "forgeway",
        description = "Commands for people who run or develop Forgeway.",
        mixinStandardHelpOptions = true,
        subcommands = SendCommand.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Forgeway {

    private Forgeway() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        LoggingSystem.get(Forgeway.class.getClassLoader()).beforeInitialize(); // libraries keep quiet
        System.exit(run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments));
    }

    /** Runs one command and returns its exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new Forgeway())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> told(failure, command))
                .execute(arguments);
    }

    /** What people can act on is told in a sentence; anything else is a defect and thrown on. */
    private static int told(Exception failure, CommandLine command) throws Exception {
        if (!(failure instanceof SendException known)) {
            throw failure;
        }
        command.getErr().println(known.getMessage());
        return known.exitCode();
    }
}
