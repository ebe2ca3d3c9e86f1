package dev.forgeway.simulator;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * GitHub, Copr and the message bus in one process of their own. Arguments, all optional: {@code --github-port=},
 * {@code --copr-port=}, {@code --bus-port=} (0, the default, takes any free port), {@code --bus-queue=} (copr), {@code
 * --copr-step-millis=} (300), {@code --github-key-file=} (where the App's private key is written), {@code
 * --github-token=} (a personal token that is let in). When all is up, one line that begins with "ready" goes to standard
 * output and says where everything is. GitHub's repositories are filled through {@link SimulatorControl}.
 */
public final class SimulatorApplication implements AutoCloseable {

    private final BusSimulator bus;
    private final CoprSimulator copr;
    private final GitHubSimulator gitHub;

    /** Starts everything. */
    public SimulatorApplication(String... arguments) {
        Map<String, String> options = options(arguments);
        bus = new BusSimulator(
                Integer.parseInt(options.getOrDefault("bus-port", "0")), options.getOrDefault("bus-queue", "copr"));
        copr = new CoprSimulator(Integer.parseInt(options.getOrDefault("copr-port", "0")), bus);
        copr.step(Duration.ofMillis(Long.parseLong(options.getOrDefault("copr-step-millis", "300"))));
        gitHub = new GitHubSimulator(Integer.parseInt(options.getOrDefault("github-port", "0")));
        gitHub.rateLimit(Integer.MAX_VALUE, Duration.ofHours(1));
        new SimulatorControl(gitHub, copr).addRoutes();
        String token = options.get("github-token");
        if (token != null) {
            gitHub.personalToken(token);
        }
        String keyFile = options.get("github-key-file");
        if (keyFile != null) {
            write(Path.of(keyFile), gitHub.privateKeyPem());
        }
    }

    /** Runs until the process is ended. */
    public static void main(String[] arguments) throws InterruptedException {
        // Standard output is for the ready line alone; what libraries log there goes to standard error.
        PrintStream out = System.out;
        System.setOut(System.err);
        try (SimulatorApplication simulators = new SimulatorApplication(arguments)) {
            Runtime.getRuntime().addShutdownHook(new Thread(simulators::close));
            out.println(simulators.readyLine());
            new CountDownLatch(1).await();
        }
    }

    /** Where everything is, in one line. */
    public String readyLine() {
        return "ready github=" + gitHub.url() + " app-id=" + gitHub.appId() + " copr=" + copr.url() + " copr-login="
                + copr.login() + " copr-token=" + copr.token() + " bus=" + bus.url() + " bus-queue=" + bus.queue();
    }

    /** The simulated GitHub. */
    public GitHubSimulator gitHub() {
        return gitHub;
    }

    /** The simulated Copr. */
    public CoprSimulator copr() {
        return copr;
    }

    /** The simulated bus. */
    public BusSimulator bus() {
        return bus;
    }

    @Override
    public void close() {
        gitHub.close();
        copr.close();
        bus.close();
    }

    private static Map<String, String> options(String[] arguments) {
        Map<String, String> options = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException("Not --name=value: " + argument);
            }
            options.put(argument.substring(2, equals), argument.substring(equals + 1));
        }
        return options;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
