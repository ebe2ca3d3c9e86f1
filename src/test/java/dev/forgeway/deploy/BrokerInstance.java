package dev.forgeway.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A broker of Artemis' own distribution with the files of {@code artemis/}, set up as its README says. */
final class BrokerInstance implements AutoCloseable {

    private static final Path DISTRIBUTION = Path.of("target", "artemis", "apache-artemis-2.40.0");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path folder;
    private final Path log;
    private @Nullable Process process;

    private BrokerInstance(Path folder) {
        this.folder = folder;
        this.log = folder.resolve("run.log");
    }

    /** Creates one with a user for each role; the password of a user is its name. */
    static BrokerInstance create(Path folder) throws IOException, InterruptedException {
        Path artemis = DISTRIBUTION.resolve("bin/artemis").toAbsolutePath();
        if (!artemis.toFile().setExecutable(true)) {
            throw new IllegalStateException(artemis + " is not there: ./mvnw dependency:unpack@artemis");
        }
        run(List.of(
                artemis.toString(),
                "create",
                folder.toString(),
                "--user",
                "forgeway",
                "--password",
                "forgeway",
                "--role",
                "forgeway",
                "--require-login",
                "--no-web",
                "--silent"));
        Path etc = folder.resolve("etc");
        try (Stream<Path> files = Files.list(Path.of("artemis"))) {
            for (Path file : files.filter(file -> file.toString().matches(".*\\.(xml|properties)"))
                    .toList()) {
                Files.copy(file, etc.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.writeString(
                etc.resolve("artemis-users.properties"),
                Stream.of("forgeway", "forgeway-ingest", "forgeway-decide", "forgeway-handle", "forgeway-report")
                        .map(user -> user + " = " + user + "\n")
                        .collect(Collectors.joining()));
        return new BrokerInstance(folder);
    }

    /** Starts it as one of a pair, with these values for the variables of {@code pair.properties}. */
    void start(String half, Map<String, String> variables) throws IOException {
        Path etc = folder.resolve("etc").toAbsolutePath();
        ProcessBuilder broker = new ProcessBuilder(
                        folder.resolve("bin/artemis").toString(),
                        "run",
                        "--properties",
                        etc.resolve("pair.properties") + "," + etc.resolve(half))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        broker.environment()
                .put(
                        "JAVA_ARGS_APPEND",
                        "-XX:TieredStopAtLevel=1 "
                                + variables.entrySet().stream()
                                        .map(variable -> "-D" + variable.getKey() + "=" + variable.getValue())
                                        .collect(Collectors.joining(" ")));
        process = broker.start();
    }

    /** Waits until it has logged one of Artemis' codes. */
    void awaitLogged(String code) {
        Awaitility.await(code + " in " + log)
                .atMost(PATIENCE)
                .until(() -> Files.readString(log, StandardCharsets.UTF_8).contains(code));
    }

    /** SIGKILL to the broker, which is a child of its script or has taken its place. */
    void kill() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        kill();
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (run.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
    }
}
