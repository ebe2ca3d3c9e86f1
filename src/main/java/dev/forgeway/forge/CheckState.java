package dev.forgeway.forge;

/** How a check stands, in the order in which it moves; everything after RUNNING is final. */
public enum CheckState {
    PENDING,
    RUNNING,
    SUCCESS,
    FAILURE,
    ERROR,
    NEUTRAL,
    CANCELED;

    public boolean isFinal() {
        return ordinal() >= SUCCESS.ordinal();
    }
}
