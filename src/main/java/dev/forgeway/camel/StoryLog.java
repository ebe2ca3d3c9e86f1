package dev.forgeway.camel;

import dev.forgeway.metrics.StepLog;
import org.apache.camel.Exchange;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/** Opens the log of the steps that are taken for one message; the consumer's thread keeps it to the end. */
@Component("storyLog")
public class StoryLog {

    /** Starts the story of a delivery, job or report; every log line names it. */
    public void open(Exchange exchange) {
        String delivery = exchange.getMessage().getHeader(Headers.DELIVERY_ID, String.class);
        MDC.put("story", delivery == null ? exchange.getMessage().getBody(String.class) : delivery);
        StepLog.open();
        StepLog.skip();
    }
}
