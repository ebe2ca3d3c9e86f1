package dev.forgeway.ingest;

/** An authentic request whose body is in a format that its sender's path does not know. */
public class UnknownFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownFormatException() {
        super("unknown format", null, false, false);
    }
}
