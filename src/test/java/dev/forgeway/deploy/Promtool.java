package dev.forgeway.deploy;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Prometheus' own tool, where it is installed. */
final class Promtool {

    private Promtool() {}

    /** Leaves the test out where the tool is missing. */
    static void required() throws InterruptedException {
        assumeThat(run("--version"))
                .as("promtool is not here: apt-get install prometheus")
                .isZero();
    }

    /** Its exit code; what it says against something goes to the log. */
    static int run(String... arguments) throws InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList();
        try {
            Process promtool =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = promtool.waitFor();
            if (code != 0) {
                System.err.println(said);
            }
            return code;
        } catch (IOException missing) {
            return -1;
        }
    }
}
