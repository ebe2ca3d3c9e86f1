package dev.forgeway.ingest;

/** What one sender's webhooks are; the routes call the two steps one after the other. */
public interface Webhook {

    /**
     * Lets only authentic requests pass, judged by the raw body.
     *
     * @throws UnauthenticatedException when it is not authentic
     * @throws SourceOffException when the source has no secret
     */
    WebhookRequest verify(WebhookRequest request);

    /** Says what an authentic request is; one that nobody wants goes no further than this. */
    Receipt receive(WebhookRequest request);
}
