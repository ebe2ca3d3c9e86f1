package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** One trace for one delivery, over all queues. */
@FlowTest
class TracesFlowTest extends Flow {

    @Test
    void tracesADeliveryOverAllQueues() {
        var opened = pullRequestBuiltFor("fedora-rawhide").opens();
        opened.jobEventuallyWaits();

        // spans are sent in batches as they end, which a parent does behind its children
        eventually().untilAsserted(() -> isOneTrace(spansOf(opened)));
    }

    private static void isOneTrace(List<Span> spans) {
        assertThat(spans)
                .extracting(Span::getName)
                .contains("delivery", "decide-delivery", "handle-copr-build", "report-status")
                .contains("decide-delivery parse")
                .anyMatch(name -> name.startsWith("copr."));
        Map<ByteString, Span> byId =
                spans.stream().collect(Collectors.toMap(Span::getSpanId, Function.identity(), (one, same) -> one));
        Span first = spans.stream()
                .filter(span -> span.getName().equals("delivery"))
                .findFirst()
                .orElseThrow();
        assertThat(first.getParentSpanId().isEmpty()).isTrue();
        assertThat(spans).filteredOn(span -> !span.getName().equals("delivery")).allSatisfy(span -> {
            assertThat(byId).containsKey(span.getParentSpanId());
            assertThat(span.getEndTimeUnixNano()).isGreaterThanOrEqualTo(span.getStartTimeUnixNano());
        });
    }

    private List<Span> spansOf(DeliveryStory delivery) {
        return world.traces.of(delivery.id());
    }
}
