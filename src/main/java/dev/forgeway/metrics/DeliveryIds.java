package dev.forgeway.metrics;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The ids of traces: that of a trace is the id of its delivery, which has 128 bits as a trace id has
 * (https://www.w3.org/TR/trace-context/#trace-id), so that no message has to carry it; that of its first span are the last
 * 64 of them.
 */
final class DeliveryIds implements IdGenerator {

    private final ThreadLocal<@Nullable String> beginning = new ThreadLocal<>();

    static String trace(String delivery) {
        return UUID.fromString(delivery).toString().replace("-", "");
    }

    static String firstSpan(String delivery) {
        return trace(delivery).substring(16);
    }

    /** What this thread begins from here on is the first span of a delivery. */
    void begin(String delivery) {
        beginning.set(delivery);
    }

    /** It has begun. */
    void begun() {
        beginning.remove();
    }

    @Override
    public String generateTraceId() {
        String delivery = beginning.get();
        return delivery == null ? IdGenerator.random().generateTraceId() : trace(delivery);
    }

    @Override
    public String generateSpanId() {
        String delivery = beginning.get();
        return delivery == null ? IdGenerator.random().generateSpanId() : firstSpan(delivery);
    }
}
