package dev.forgeway.metrics;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Sends the stories of deliveries as traces, one for each delivery, over all queues and processes: a span for the delivery, below
 * it one for each piece of work (deciding it, an attempt at a job, a report), below these the steps and outbound calls.
 * OTLP over HTTP (https://opentelemetry.io/docs/specs/otlp/#otlphttp). Off until {@code
 * otel.exporter.otlp.traces.endpoint} is set.
 */
@Component
@ConditionalOnProperty("otel.exporter.otlp.traces.endpoint")
public class StoryTraces implements DisposableBean {

    private static final Duration DELAY = Duration.ofSeconds(1);

    private final DeliveryIds ids = new DeliveryIds();
    private final SdkTracerProvider provider;
    private final Tracer tracer;

    StoryTraces(
            @Value("${otel.exporter.otlp.traces.endpoint}") String endpoint,
            @Value("${otel.service.name:forgeway}") String service) {
        provider = SdkTracerProvider.builder()
                .setIdGenerator(ids)
                .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service)))
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(endpoint)
                                .build())
                        .setScheduleDelay(DELAY)
                        .build())
                .build();
        tracer = provider.get("forgeway");
    }

    /** A delivery was decided, at whichever attempt. */
    public void decided(String delivery, Instant receivedAt) {
        ids.begin(delivery);
        try {
            tracer.spanBuilder("delivery")
                    .setNoParent()
                    .setSpanKind(SpanKind.CONSUMER)
                    .setStartTimestamp(receivedAt)
                    .startSpan()
                    .end();
        } finally {
            ids.begun();
        }
    }

    /** A piece of work for a delivery has ended, well or not. */
    public void worked(String delivery, String route, List<Step> steps) {
        if (steps.isEmpty()) {
            return;
        }
        Instant begin =
                steps.stream().map(Step::at).min(Comparator.naturalOrder()).orElseThrow();
        Instant end = steps.stream()
                .map(StoryTraces::end)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Span work = tracer.spanBuilder(route)
                .setParent(parent(delivery))
                .setStartTimestamp(begin)
                .startSpan();
        LogContext.all().forEach((key, value) -> work.setAttribute("forgeway." + key, value));
        Context within = Context.root().with(work);
        steps.forEach(step -> add(step, within));
        work.end(end);
    }

    /** Sends what is still here. */
    @Override
    public void destroy() {
        provider.close();
    }

    private void add(Step step, Context within) {
        boolean isCall = step.route().equals("call");
        Span span = tracer.spanBuilder(isCall ? step.node() : step.route() + " " + step.node())
                .setParent(within)
                .setSpanKind(isCall ? SpanKind.CLIENT : SpanKind.INTERNAL)
                .setStartTimestamp(step.at())
                .startSpan();
        if (step.result() != null) {
            span.setAttribute("forgeway.result", step.result());
        }
        span.end(end(step));
    }

    private static Context parent(String delivery) {
        return Context.root()
                .with(Span.wrap(SpanContext.create(
                        DeliveryIds.trace(delivery),
                        DeliveryIds.firstSpan(delivery),
                        TraceFlags.getSampled(),
                        TraceState.getDefault())));
    }

    private static Instant end(Step step) {
        return step.at().plusNanos(step.micros() * 1000);
    }
}
