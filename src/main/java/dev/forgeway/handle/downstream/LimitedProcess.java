package dev.forgeway.handle.downstream;

import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program with limits of time and of output, at which it is killed with all that it started, and with nothing of our
 * environment.
 */
final class LimitedProcess {

    private static final int LONGEST_TAIL = 1000;
    private static final int READ_BYTES = 1024 * 1024;
    private static final long MOST_BYTES = 64L * 1024 * 1024;
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private LimitedProcess() {}

    /**
     * Runs it to its end and returns what it wrote: the last MiB of it, as UTF-8 with U+FFFD in place of what is none.
     *
     * @param home where it works, and keeps what it wants to keep, also for a while
     * @throws UserErrorException when it fails, with the end of what it wrote, and when it takes too long or writes too
     *     much
     */
    static String run(String name, List<String> command, Path home, Map<String, String> environment, Duration limit) {
        Path output = home.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("HOME", home.toString());
        builder.environment().put("TMPDIR", home.toString());
        builder.environment().put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        builder.environment().put("LANG", "C.UTF-8");
        Process process = start(name, builder);
        try {
            await(name, process, output, limit);
            String written = end(output);
            if (process.exitValue() != 0) {
                // people need not know where it ran, and would read something else after each attempt
                throw new UserErrorException(name + " failed: " + tail(written.replace(home.getParent() + "/", "")));
            }
            return written;
        } catch (IOException e) {
            throw new TransientException("cannot read what " + name + " wrote", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientException("stopped while " + name + " ran", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void await(String name, Process process, Path output, Duration limit)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (true) {
            long left = limit.toNanos() - (System.nanoTime() - start);
            if (process.waitFor(Math.min(left, LOOK_EVERY.toNanos()), TimeUnit.NANOSECONDS)) {
                return;
            }
            if (left <= LOOK_EVERY.toNanos()) {
                throw new UserErrorException(
                        name + " took longer than " + limit.toSeconds() + " seconds and was stopped");
            }
            if (Files.size(output) > MOST_BYTES) {
                throw new UserErrorException(name + " wrote more than " + MOST_BYTES + " bytes and was stopped");
            }
        }
    }

    private static String end(Path output) throws IOException {
        try (InputStream in = Files.newInputStream(output)) {
            in.skipNBytes(Math.max(0, Files.size(output) - READ_BYTES));
            return new String(in.readNBytes(READ_BYTES), StandardCharsets.UTF_8);
        }
    }

    private static Process start(String name, ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new TransientException("cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    /** The end of what a program wrote, short enough to be told. */
    static String tail(String written) {
        String text = written.strip();
        return text.length() <= LONGEST_TAIL ? text : "… " + text.substring(text.length() - LONGEST_TAIL);
    }
}
