package dev.forgeway.flow;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** The jar under test. */
final class PackagedJar {

    private static final Path TARGET = Path.of("target");

    private PackagedJar() {}

    static Path path() {
        try (Stream<Path> files = Files.list(TARGET)) {
            return files.filter(file -> file.getFileName().toString().matches("forgeway-[^/]*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no jar: run ./mvnw package first"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The options and the jar that {@code ./forgeway start} ends with: a third of a start is loading classes. */
    static List<String> quickStart() {
        Path unpacked = unpacked();
        inTurn(() -> isPrepared(unpacked) ? "" : startWithoutSettings());
        return List.of(
                "-XX:SharedArchiveFile=" + unpacked.resolve("forgeway.jsa"),
                "-jar",
                unpacked.resolve("forgeway.jar").toString());
    }

    /** What {@code ./forgeway start} says without settings, at its end; it has prepared the jar before, unless that was done. */
    static String sayingsWithoutSettings() {
        return inTurn(PackagedJar::startWithoutSettings);
    }

    private static String startWithoutSettings() throws IOException {
        Path log = Files.createTempFile(TARGET, "no-settings", ".log");
        try (ForgewayProcess forgeway = ForgewayProcess.ofScript(Map.of("forgeway.broker.mode", "remote"), log)) {
            forgeway.start();
            assertThat(forgeway.awaitEnd()).isNotZero();
        }
        assertThat(isPrepared(unpacked())).as("prepared for quick starts").isTrue();
        String said = Files.readString(log);
        assertThat(said).doesNotContain("Starts will be slower");
        return said;
    }

    /** Two processes of tests do not prepare the jar at the same time. */
    private static String inTurn(Callable<String> work) {
        try (FileChannel turns = FileChannel.open(TARGET.resolve("prepared"), CREATE, WRITE);
                FileLock turn = turns.lock()) {
            assertThat(turn.isValid()).isTrue();
            return work.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path unpacked() {
        return Path.of(path().toString().replaceFirst("\\.jar$", ""));
    }

    private static boolean isPrepared(Path unpacked) throws IOException {
        Path ready = unpacked.resolve("ready");
        return Files.exists(unpacked.resolve("forgeway.jsa"))
                && Files.exists(ready)
                && Files.getLastModifiedTime(ready).compareTo(Files.getLastModifiedTime(path())) > 0;
    }
}
