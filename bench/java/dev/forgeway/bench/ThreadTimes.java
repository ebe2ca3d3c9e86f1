package dev.forgeway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The processor time of the threads of this process (Linux), by what they are there for. */
record ThreadTimes(Map<String, Long> millis) {

    private static final int USER_TICKS = 11;
    private static final int MILLIS_PER_TICK = 10;

    static ThreadTimes now() {
        Map<String, Long> times = new HashMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            tasks.forEach(task -> add(times, task));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ThreadTimes(times);
    }

    /** What was added since then. */
    Map<String, Long> since(ThreadTimes before) {
        Map<String, Long> added = new TreeMap<>();
        millis.forEach((group, time) -> added.put(group, time - before.millis.getOrDefault(group, 0L)));
        return added;
    }

    private static void add(Map<String, Long> times, Path task) {
        try {
            String name = Files.readString(task.resolve("comm")).strip();
            String stat = Files.readString(task.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]);
            times.merge(group(name.toLowerCase(Locale.ROOT)), ticks * MILLIS_PER_TICK, Long::sum);
        } catch (NoSuchFileException e) {
            // the thread has ended
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String group(String name) {
        if (name.startsWith("camel")) {
            return "routes";
        } else if (name.contains("compiler") || name.startsWith("sweeper")) {
            return "compiler";
        } else if (name.startsWith("gc ") || name.startsWith("g1 ") || name.startsWith("vm ")) {
            return "collector";
        } else if (name.startsWith("h2") || name.startsWith("mvstore")) {
            return "database";
        } else if (name.startsWith("thread-") || name.startsWith("activemq")) {
            return "broker";
        }
        return name.startsWith("http-nio") ? "http" : "other";
    }
}
