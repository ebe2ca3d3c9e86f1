package dev.forgeway.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** What the numbers were measured on. */
final class Machine {

    private static final long GIGABYTE = 1L << 30;

    private Machine() {}

    static String describe() throws IOException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return "Measured on %s, commit %s: %d cores%s, %d GB of memory, %s %s, Java %s, load before the run %.1f."
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        System.getProperty("bench.commit", "unknown"),
                        system.getAvailableProcessors(),
                        processor(),
                        Math.round((double) system.getTotalMemorySize() / GIGABYTE),
                        system.getName(),
                        system.getVersion(),
                        Runtime.version(),
                        system.getSystemLoadAverage());
    }

    private static String processor() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> " (" + line.split(":", 2)[1].strip() + ")")
                    .findFirst()
                    .orElse("");
        }
    }

    /** Resident memory of a process, in megabytes. */
    static long residentMegabytes(String pid) throws IOException {
        try (var lines = Files.lines(Path.of("/proc", pid, "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
