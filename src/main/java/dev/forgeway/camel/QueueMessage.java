package dev.forgeway.camel;

/**
 * A small message on its way to an internal queue.
 *
 * @param id of the job or report that it is about; all that the message says
 * @param priority 0 to 9
 */
public record QueueMessage(String queue, String id, int priority) {}
