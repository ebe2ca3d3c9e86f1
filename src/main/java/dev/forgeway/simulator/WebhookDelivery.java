package dev.forgeway.simulator;

import java.time.Duration;

/**
 * One webhook delivery, ready to be sent; sending it twice is what GitHub's "Redeliver" does.
 *
 * @param event the value of X-GitHub-Event
 * @param id the value of X-GitHub-Delivery
 */
public record WebhookDelivery(String event, String id, String body) {

    /** What the receiver answered. */
    public record Answer(int status, String body, Duration took) {}
}
