package dev.forgeway.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.error.OverBudgetException;
import dev.forgeway.error.TransientException;
import dev.forgeway.testing.Examples;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class PostponementTest {

    private static final int LIMIT = 50;

    private final Postponement postponement = new Postponement();
    private final Exchange exchange = received();

    private static Exchange received() {
        DefaultCamelContext context = new DefaultCamelContext();
        context.addComponent("jms", new JmsComponent());
        return context.getEndpoint("jms:queue:jobs.copr-build").createExchange();
    }

    private Exchange failedWith(Exception failure) {
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);
        return exchange;
    }

    @Test
    void appliesOnlyWhereTheServiceNamedATime() {
        assertThat(postponement.applies(failedWith(new TransientException("busy", Examples.NOON))))
                .isTrue();
        assertThat(postponement.applies(failedWith(new TransientException("away"))))
                .isFalse();
        assertThat(postponement.applies(failedWith(new IllegalStateException())))
                .isFalse();
    }

    @Test
    void putsTheMessageBackOnItsQueueUntilThen() {
        postponement.write(failedWith(new TransientException("busy", Examples.NOON)));

        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(Headers.QUEUE, "jobs.copr-build")
                .containsEntry(Headers.SCHEDULED, Examples.NOON.toEpochMilli())
                .containsEntry(Headers.POSTPONED, 1);
    }

    @Test
    void leavesAServiceThatNamesATimeAgainAndAgainToTheBroker() {
        failedWith(new TransientException("busy", Examples.NOON));
        for (int times = 0; times < LIMIT; times++) {
            assertThat(postponement.applies(exchange)).isTrue();
            postponement.write(exchange);
        }

        assertThat(postponement.applies(exchange)).isFalse();
    }

    @Test
    void waitsForABudgetOfOursAnyNumberOfTimes() {
        failedWith(new OverBudgetException("not yet", Examples.NOON));

        for (int times = 0; times <= LIMIT; times++) {
            assertThat(postponement.applies(exchange)).isTrue();
            postponement.write(exchange);
        }

        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(Headers.SCHEDULED, Examples.NOON.toEpochMilli())
                .doesNotContainKey(Headers.POSTPONED);
    }
}
