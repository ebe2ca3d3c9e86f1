package dev.forgeway.bus;

/** A bus cannot be reached or does not let us in; whatever is published, it would not come there. */
final class BusAwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BusAwayException(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
