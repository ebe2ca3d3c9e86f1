package dev.forgeway.camel;

import dev.forgeway.handle.JobRun;
import dev.forgeway.handle.JobRunner;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.springframework.stereotype.Component;

/** Reads what a message of a queue {@code jobs.*} says. */
@Component("jobMessages")
public class JobMessages {

    private final JobRunner runner;

    JobMessages(JobRunner runner) {
        this.runner = runner;
    }

    /** The job of the message, ready to be run. */
    public JobRun load(Exchange exchange) {
        Message message = exchange.getMessage();
        if (message.getHeader(Headers.REDRIVEN, false, Boolean.class)) {
            runner.reopen(message.getBody(String.class));
        }
        long queuedAt = message.getHeader(Headers.QUEUED_AT, System.currentTimeMillis(), Long.class);
        return runner.load(message.getBody(String.class), Instant.ofEpochMilli(queuedAt));
    }
}
