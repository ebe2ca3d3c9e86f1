package dev.forgeway.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is said at a stop is what came of it. */
@ExtendWith(OutputCaptureExtension.class)
class CleanStopTest {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void saysThatNothingWasLeftWhereAllEnded(CapturedOutput output) throws Exception {
        end.countDown();

        stopInTheMiddle(Duration.ofMinutes(1));

        assertThat(output).containsPattern("Stopped after \\d+ ms; nothing was left");
    }

    @Test
    void saysThatSomethingGoesBackWhereTheTimeWasOver(CapturedOutput output) throws Exception {
        stopInTheMiddle(Duration.ofMillis(200));

        assertThat(output)
                .containsPattern("Stopped after \\d+ ms; what did not end in time goes back to its queue")
                .doesNotContain("nothing was left");
    }

    private void stopInTheMiddle(Duration atMost) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
            context.getShutdownStrategy().setTimeout(atMost.toMillis());
            context.addLifecycleStrategy(new CleanStop());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("seda:work").routeId("handle-a").process(exchange -> {
                        begun.countDown();
                        end.await();
                    });
                }
            });
            context.start();
            try (ProducerTemplate producer = context.createProducerTemplate()) {
                producer.sendBody("seda:work", "x");
                begun.await();
            }
        }
    }
}
