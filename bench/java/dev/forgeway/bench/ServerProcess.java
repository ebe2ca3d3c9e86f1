package dev.forgeway.bench;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/** A process of the benchmark: a Java virtual machine of its own, with its own data folder, gone when it is closed. */
final class ServerProcess implements Closeable {

    private static final String HEAP = "-Xmx1g";
    private static final String COLLECTOR = "-XX:+UseParallelGC";
    private static final long PATIENCE_SECONDS = 900;

    private final Path folder;
    private final Path log;
    private final Process process;
    private final long startedAt = System.currentTimeMillis();
    private final Map<String, String> said = new ConcurrentHashMap<>();
    private final CountDownLatch ready = new CountDownLatch(1);

    ServerProcess(Class<?> main, List<String> leading, String... settings) throws IOException {
        this.folder = Files.createTempDirectory("forgeway-bench");
        this.log = Files.createTempFile("forgeway-bench", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                COLLECTOR,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(leading);
        command.addAll(Forgeway.arguments(folder, settings));
        this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread reader = new Thread(this::read, "output of " + main.getSimpleName());
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader out = process.inputReader();
                var copy = Files.newBufferedWriter(log)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                copy.write(line + "\n");
                if (line.startsWith(Report.MARK)) {
                    String[] pair = line.substring(Report.MARK.length()).split("=", 2);
                    said.put(pair[0], pair[1]);
                    if (pair[0].equals("ready")) {
                        ready.countDown();
                    }
                }
                rememberCamel(line);
            }
        } catch (IOException e) {
            said.put("broken", String.valueOf(e.getMessage()));
        }
    }

    /** Camel tells itself how long its routes took: "Routes startup …", "started in 543ms (build:0ms init:0ms start:543ms)". */
    private void rememberCamel(String line) {
        int at = line.indexOf("(forgeway) started in ");
        if (at >= 0) {
            said.put(
                    "start.camel",
                    Long.toString(CamelTime.millis(line.substring(at + 22).split(" ", 2)[0])));
        }
    }

    ServerProcess awaitReady() throws InterruptedException {
        if (!ready.await(120, TimeUnit.SECONDS)) {
            throw new IllegalStateException("a server did not get ready, see " + log);
        }
        return this;
    }

    /** Waits for the process to end by itself. */
    ServerProcess awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("a process of the benchmark failed, see " + log);
        }
        return this;
    }

    int port() {
        return Integer.parseInt(text("port"));
    }

    long millisToReady() {
        return Long.parseLong(text("ready")) - startedAt;
    }

    double number(String key) {
        return Double.parseDouble(text(key));
    }

    boolean said(String key) {
        return said.containsKey(key);
    }

    String text(String key) {
        return Objects.requireNonNull(said.get(key), () -> key + " was not said, see " + log);
    }

    /** Resident memory in megabytes. */
    long residentMegabytes() throws IOException {
        return Machine.residentMegabytes(Long.toString(process.pid()));
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        FileSystemUtils.deleteRecursively(folder);
    }
}
