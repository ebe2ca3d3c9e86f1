package dev.forgeway.camel;

import dev.forgeway.config.QueueClass;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import dev.forgeway.store.EventJson;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** Calls the route that a user wrote for an event, and takes what comes of it for the outcome of the job. */
final class OwnHandler implements JobHandler {

    private final HandlerSpec spec;
    private final EventJson json;
    private final ObjectProvider<ProducerTemplate> routes;

    OwnHandler(String name, QueueClass queueClass, EventJson json, ObjectProvider<ProducerTemplate> routes) {
        this.spec = new HandlerSpec(
                name,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                null,
                queueClass,
                List.of(),
                "run the route " + name + " of the operator");
        this.json = json;
        this.routes = routes;
    }

    @Override
    public HandlerSpec spec() {
        return spec;
    }

    @Override
    public Outcome handle(Job job) {
        Exchange ended = routes.getObject().send("direct:" + spec.name(), exchange -> fill(exchange.getMessage(), job));
        Exception failure = ended.getException();
        if (failure != null) {
            throw consequence(failure);
        }
        String detail = ended.getMessage().getHeader(Headers.DETAIL, String.class);
        return Outcome.succeeded(detail == null ? "the route came to its end" : detail);
    }

    private void fill(Message message, Job job) {
        message.setBody(json.write(job.event()));
        message.setHeader(Headers.JOB_ID, job.id());
        message.setHeader(Headers.DELIVERY_ID, job.deliveryId());
        message.setHeader(Headers.EVENT_ID, job.arguments().get(Job.EVENT_ID));
        message.setHeader(Headers.EVENT_TYPE, job.event().type().wireName());
        message.setHeader(Headers.ACTION, job.event().action());
        message.setHeader(Headers.PROJECT, job.projectKey());
        message.setHeader(Headers.ATTEMPT, job.attempts() + 1);
    }

    /** What a route meets is nearly always somebody who is away, so all but a plain refusal is tried again. */
    private static RuntimeException consequence(Exception failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UserErrorException || cause instanceof TransientException) {
                return (RuntimeException) cause;
            }
        }
        return new TransientException("the route failed: " + failure.getMessage(), failure);
    }
}
