package dev.forgeway.metrics;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What every log line and error report of the current thread names: the message that it works on ({@code story}), and, as
 * soon as they are known, its {@code delivery}, {@code job}, {@code handler} and {@code project}.
 */
public final class LogContext {

    /** All keys. */
    public static final List<String> KEYS = List.of("story", "delivery", "job", "handler", "project");

    private LogContext() {}

    /** Begins with a new message; what an earlier one left is forgotten. */
    public static void open(@Nullable String story) {
        KEYS.forEach(MDC::remove);
        put("story", story);
    }

    /** What is known now. */
    static Map<String, String> all() {
        Map<String, String> known = new TreeMap<>();
        for (String key : KEYS) {
            String value = MDC.get(key);
            if (value != null) {
                known.put(key, value);
            }
        }
        return known;
    }

    /** The delivery that the work is for, once it is known. */
    public static Optional<String> delivery() {
        return Optional.ofNullable(MDC.get("delivery"));
    }

    /** Adds what has become known. */
    public static void put(String key, @Nullable String value) {
        if (value != null) {
            MDC.put(key, value);
        }
    }
}
