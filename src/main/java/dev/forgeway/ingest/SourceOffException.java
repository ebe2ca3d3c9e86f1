package dev.forgeway.ingest;

/** A webhook came for a source that has no secret and is therefore off. */
public class SourceOffException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SourceOffException(String source) {
        super("source " + source + " is off", null, false, false);
    }
}
