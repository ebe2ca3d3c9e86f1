package dev.forgeway.schedule;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * News in the shape of a webhook.
 *
 * @param event the name that the webhook has
 * @param key what is the same when it is asked for again
 */
record PolledDelivery(String event, String key, ObjectNode body) {}
