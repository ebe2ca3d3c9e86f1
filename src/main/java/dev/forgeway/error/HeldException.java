package dev.forgeway.error;

/** A person paused what this work belongs to. Nothing was tried and nothing failed; it waits until that is resumed. */
public class HeldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String heldFor;

    /** @param heldFor what is paused, for example "source github" */
    public HeldException(String heldFor) {
        super(heldFor + " is paused");
        this.heldFor = heldFor;
    }

    public String heldFor() {
        return heldFor;
    }
}
