package dev.forgeway.bus;

/** Publishes on one bus, for many threads at once. */
interface BusPublisher extends AutoCloseable {

    /**
     * Returns when the broker has the message.
     *
     * @throws BusAwayException when the bus cannot be reached
     * @throws dev.forgeway.error.TransientException when it did not take this message
     */
    void publish(Publication message);

    @Override
    void close();
}
