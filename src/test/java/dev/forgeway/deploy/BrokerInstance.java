package dev.forgeway.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.management.SimpleManagement;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A broker of Artemis' own distribution with the files of {@code artemis/}, set up as its README says. */
public final class BrokerInstance implements AutoCloseable {

    private static final Path DISTRIBUTION = Path.of("target", "artemis", "apache-artemis-2.40.0");
    private static final Pattern QUEUE = Pattern.compile("<queue name=\"([^\"]+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path folder;
    private final Path log;
    private @Nullable Process process;

    private BrokerInstance(Path folder) {
        this.folder = folder;
        this.log = folder.resolve("run.log");
    }

    /** Creates one with a user for each role; the password of a user is its name. */
    public static BrokerInstance create(Path folder) throws IOException, InterruptedException {
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
                Stream.of(
                                "forgeway",
                                "forgeway-ingest",
                                "forgeway-decide",
                                "forgeway-handle",
                                "forgeway-report",
                                "forgeway-schedule",
                                "forgeway-admin",
                                "operator")
                        .map(user -> user + " = " + user + "\n")
                        .collect(Collectors.joining()));
        return new BrokerInstance(folder);
    }

    /** Adds an account, whose password is its name, with some of the roles of {@code broker.xml}. */
    public void account(String user, Collection<String> roles) throws IOException {
        Path etc = folder.resolve("etc");
        Files.writeString(
                etc.resolve("artemis-users.properties"), user + " = " + user + "\n", StandardOpenOption.APPEND);
        Path file = etc.resolve("artemis-roles.properties");
        Files.write(
                file,
                Files.readAllLines(file).stream()
                        .map(line -> roles.contains(line.split(" = ", 2)[0]) ? line + "," + user : line)
                        .toList());
    }

    /** The settings by which a process uses one that listens on this port, with an account whose password is its name. */
    public static Map<String, String> settings(int port, String account) {
        return Map.of(
                "forgeway.broker.mode",
                "remote",
                "forgeway.broker.url",
                "tcp://127.0.0.1:" + port,
                "forgeway.broker.user",
                account,
                "forgeway.broker.password",
                account);
    }

    /** Starts it by itself, listening without TLS, and waits until it serves; also again after a {@link #kill}. */
    public void startAlone(int port) throws IOException {
        Path file = folder.resolve("etc/broker.xml");
        Files.writeString(
                file, Files.readString(file).replaceFirst("tcp://0\\.0\\.0\\.0:\\d+", "tcp://127.0.0.1:" + port));
        start(List.of(folder.resolve("bin/artemis").toString(), "run"), "");
        awaitLogged("AMQ221007");
    }

    /** Starts it as one of a pair, with these values for the variables of {@code pair.properties}. */
    void start(String half, Map<String, String> variables) throws IOException {
        Path etc = folder.resolve("etc").toAbsolutePath();
        start(
                List.of(
                        folder.resolve("bin/artemis").toString(),
                        "run",
                        "--properties",
                        etc.resolve("pair.properties") + "," + etc.resolve(half)),
                variables.entrySet().stream()
                        .map(variable -> " -D" + variable.getKey() + "=" + variable.getValue())
                        .collect(Collectors.joining()));
    }

    private void start(List<String> command, String javaArguments) throws IOException {
        ProcessBuilder broker =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        broker.environment().put("JAVA_ARGS_APPEND", "-XX:TieredStopAtLevel=1" + javaArguments);
        process = broker.start();
    }

    /** Waits until it has logged one of Artemis' codes. */
    void awaitLogged(String code) {
        Awaitility.await(code + " in " + log)
                .atMost(PATIENCE)
                .until(() -> Files.readString(log, StandardCharsets.UTF_8).contains(code));
    }

    /** What is in each queue of the one that was started alone: what waits, is worked on or is scheduled; none that is empty. */
    public Map<String, Long> waiting(int port) throws Exception {
        Map<String, Long> waiting = new TreeMap<>();
        Matcher queue = QUEUE.matcher(Files.readString(folder.resolve("etc/broker.xml")));
        try (SimpleManagement management =
                new SimpleManagement("tcp://127.0.0.1:" + port, "operator", "operator").open()) {
            while (queue.find()) {
                long messages = management.getMessageCountOnQueue(queue.group(1));
                if (messages > 0) {
                    waiting.put(queue.group(1), messages);
                }
            }
        }
        return waiting;
    }

    /** Copies its journal, and all that belongs to it, while it does not run. */
    public void copyData(Path copy) throws IOException {
        copy(folder.resolve("data"), copy);
    }

    /** Begins with a copy at its next start, and forgets what it had. */
    public void replaceData(Path copy) throws IOException {
        Path data = folder.resolve("data");
        Files.move(data, folder.resolve("data-before"));
        copy(copy, data);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    /** SIGKILL to the broker, which is a child of its script or has taken its place; returns when it is gone. */
    public void kill() {
        if (process != null) {
            List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                    .toList();
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(one -> one.onExit().join());
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
