package dev.forgeway.store;

/** A job was canceled while a handler had it in hand: what it would do next is not wanted any more. */
public class JobEndedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JobEndedException(String jobId) {
        super("job " + jobId + " was canceled meanwhile");
    }
}
