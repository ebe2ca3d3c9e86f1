package dev.forgeway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class StoryTracesTest {

    private static final ApplicationContextRunner APPLICATION =
            new ApplicationContextRunner().withUserConfiguration(StoryTraces.class);

    @Test
    void isOffUntilItIsToldWhere() {
        APPLICATION.run(context -> assertThat(context).doesNotHaveBean(StoryTraces.class));
        APPLICATION
                .withPropertyValues("otel.exporter.otlp.traces.endpoint=http://127.0.0.1:9/v1/traces")
                .run(context -> assertThat(context).hasSingleBean(StoryTraces.class));
    }

    @Test
    void namesATraceLikeItsDelivery() {
        assertThat(DeliveryIds.trace("01a20d1e-00a1-751a-ac24-838e13631dfb"))
                .isEqualTo("01a20d1e00a1751aac24838e13631dfb");
        assertThat(DeliveryIds.firstSpan("01a20d1e-00a1-751a-ac24-838e13631dfb"))
                .isEqualTo("ac24838e13631dfb");
    }
}
