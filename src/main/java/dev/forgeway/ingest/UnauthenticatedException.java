package dev.forgeway.ingest;

/** The signature or token is missing, malformed or wrong; the caller is not told which. */
public class UnauthenticatedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnauthenticatedException() {
        super("signature missing or wrong", null, false, false);
    }
}
