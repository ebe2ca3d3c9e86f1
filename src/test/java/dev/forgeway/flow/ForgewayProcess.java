package dev.forgeway.flow;

import dev.forgeway.testing.Ports;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Forgeway as a process of its own, which can be killed and started again on the same data and ports. */
final class ForgewayProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(180);

    private List<String> launcher;
    private final Map<String, String> settings;
    private final Path log;
    private final int port = Ports.unused();
    private final int managementPort = Ports.unused();
    private @Nullable Process process;

    private ForgewayProcess(List<String> launcher, Map<String, String> settings, Path log) {
        this.launcher = launcher;
        this.settings = settings;
        this.log = log;
    }

    /** Runs the jar under test, prepared for quick starts. */
    static ForgewayProcess prepared(Map<String, String> settings, Path log) {
        return new ForgewayProcess(PackagedJar.quickStart(), settings, log);
    }

    /** Runs the jar under test from the next start on, whatever it ran before. */
    void upgrade() {
        launcher = PackagedJar.quickStart();
    }

    /** Runs a packaged jar. */
    static ForgewayProcess ofJar(Path jar, Map<String, String> settings, Path log) {
        return new ForgewayProcess(List.of("-jar", jar.toString()), settings, log);
    }

    /** Runs a packaged jar as the script does that prepares it for quick starts. */
    static ForgewayProcess ofScript(Map<String, String> settings, Path log) {
        return new ForgewayProcess(List.of(), settings, log);
    }

    int port() {
        return port;
    }

    /** Starts it, without waiting. */
    void start() {
        List<String> command = new ArrayList<>();
        if (launcher.isEmpty()) {
            command.addAll(List.of("./forgeway", "start"));
        } else {
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx512m"));
            command.addAll(launcher);
        }
        command.add("--server.port=" + port);
        command.add("--management.server.port=" + managementPort);
        settings.forEach((key, value) -> {
            if (!key.equals("management.server.port")) {
                command.add("--" + key + "=" + value);
            }
        });
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .directory(new File("."))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitReady() {
        Awaitility.await("readiness, see " + log)
                .atMost(START)
                .pollInterval(Duration.ofMillis(100))
                .until(this::isReady);
    }

    /** Waits for it to end by itself; returns its exit code. */
    int awaitEnd() {
        Process ending = Objects.requireNonNull(process, "not started");
        Awaitility.await("end, see " + log).atMost(START).until(() -> !ending.isAlive());
        return ending.exitValue();
    }

    /** SIGTERM, as every orderly stop begins; returns its exit code. */
    int terminate() {
        Objects.requireNonNull(process, "not started").destroy();
        return awaitEnd();
    }

    /** SIGKILL: nothing is flushed, nothing is said. */
    void kill() {
        Process killed = Objects.requireNonNull(process, "not started").destroyForcibly();
        Awaitility.await("end of the killed process").atMost(START).until(() -> !killed.isAlive());
    }

    int managementPort() {
        return managementPort;
    }

    /** It runs, whether it can serve or not. */
    void awaitAlive() {
        Awaitility.await("liveness, see " + log)
                .atMost(START)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> isUp("liveness"));
    }

    boolean isReady() {
        return isUp("readiness");
    }

    private boolean isUp(String probe) {
        if (!Objects.requireNonNull(process, "not started").isAlive()) {
            throw new IllegalStateException("Forgeway ended, see " + log);
        }
        URI health = URI.create("http://127.0.0.1:" + managementPort + "/actuator/health/" + probe);
        try {
            return HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
