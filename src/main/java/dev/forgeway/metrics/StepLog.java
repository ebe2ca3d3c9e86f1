package dev.forgeway.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the steps of the work that the current thread does for one delivery. Routes open it and time their nodes;
 * beans only {@link #note} what came out, and clients add their {@link #call}s. Without an open log every method does
 * nothing.
 */
public final class StepLog {

    private static final ThreadLocal<@Nullable StepLog> CURRENT = new ThreadLocal<>();

    private final List<Step> steps = new ArrayList<>();
    private @Nullable String result;
    private @Nullable String detail;
    private boolean skipped;

    private StepLog() {}

    /** Starts a new log on this thread, dropping what an earlier message left. */
    public static void open() {
        CURRENT.set(new StepLog());
    }

    /** Ends the log of this thread. */
    public static void close() {
        CURRENT.remove();
    }

    /** The steps so far, in the order in which they ended. */
    public static List<Step> steps() {
        StepLog log = CURRENT.get();
        return log == null ? List.of() : List.copyOf(log.steps);
    }

    /** Says what came out of the step that is running now. */
    public static void note(String result, @Nullable String detail) {
        StepLog log = CURRENT.get();
        if (log != null) {
            log.result = result;
            log.detail = detail;
        }
    }

    /** The step that is running now had nothing to do and does not belong in the story. */
    public static void skip() {
        StepLog log = CURRENT.get();
        if (log != null) {
            log.skipped = true;
        }
    }

    /** Adds one outbound call, which happened inside the step that is running now. */
    public static void call(String service, String operation, Instant at, Duration took, String result) {
        StepLog log = CURRENT.get();
        if (log != null) {
            log.steps.add(new Step("call", service + "." + operation, at, took.toNanos() / 1000, result, null));
        }
    }

    /** Ends the step that was running; called by the routes. */
    public static void end(String route, String node, Instant at, Duration took) {
        StepLog log = CURRENT.get();
        if (log == null) {
            return;
        }
        if (!log.skipped) {
            log.steps.add(new Step(route, node, at, took.toNanos() / 1000, log.result, log.detail));
        }
        log.result = null;
        log.detail = null;
        log.skipped = false;
    }
}
