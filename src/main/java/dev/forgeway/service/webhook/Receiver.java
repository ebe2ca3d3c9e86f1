package dev.forgeway.service.webhook;

import java.net.URI;

/**
 * Somebody who receives webhooks.
 *
 * @param name in messages and for the budget of calls; the address itself may hold a secret
 */
public record Receiver(String name, URI url, Signature signature) {

    /** What stands in {@code webhook-signature}. */
    @FunctionalInterface
    public interface Signature {

        /** @param timestamp as in {@code webhook-timestamp} */
        String of(byte[] body, String id, String timestamp);
    }

    @Override
    public String toString() {
        return "Receiver[" + name + "]";
    }
}
