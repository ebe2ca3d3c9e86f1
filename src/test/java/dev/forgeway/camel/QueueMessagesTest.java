package dev.forgeway.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Decisions;
import dev.forgeway.dispatch.Job;
import dev.forgeway.testing.Examples;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class QueueMessagesTest {

    private final QueueMessages messages = new QueueMessages();

    @Test
    void sendsEveryJobToTheQueueOfItsHandlerAndThenTheReportsFirstOfAll() {
        Job job = Examples.coprBuild(Examples.RAWHIDE);
        Decision decision = Decisions.about(job.event());
        decision.select(List.of(job));
        decision.stored(List.of("r1", "r2"));

        assertThat(messages.of(decision))
                .containsExactly(
                        new QueueMessage("jobs.copr-build", job.id(), 5),
                        new QueueMessage("statuses", "r1", 9),
                        new QueueMessage("statuses", "r2", 9));
    }

    @Test
    void sendsNothingForWhatAskedForNothing() {
        Decision decision = Decisions.about(Examples.pullRequest(Examples.PROJECT));
        decision.stored(List.of());

        assertThat(messages.of(decision)).isEmpty();
    }

    @Test
    void writesAMessageThatCarriesNothingOfTheOneBefore() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        Message message = exchange.getMessage();
        message.setHeader(Headers.DELIVERY_ID, "d1");
        message.setHeader(Headers.SCHEDULED, 1L);
        message.setBody(new QueueMessage("jobs.help", "j1", 7));
        long before = System.currentTimeMillis();

        messages.write(exchange);

        assertThat(message.getBody()).isEqualTo("j1");
        assertThat(message.getHeaders())
                .containsEntry(Headers.QUEUE, "jobs.help")
                .containsEntry(Headers.PRIORITY, 7)
                .containsEntry(Headers.PRIORITY_GIVEN, "7")
                .containsEntry(Headers.JOB_ID, "j1")
                .containsOnlyKeys(
                        Headers.QUEUE, Headers.PRIORITY, Headers.PRIORITY_GIVEN, Headers.QUEUED_AT, Headers.JOB_ID);
        assertThat(message.getHeader(Headers.QUEUED_AT, Long.class)).isGreaterThanOrEqualTo(before);
    }
}
