package dev.forgeway.error;

/** Authentic but unusable: the delivery is parked with this reason. */
public class RejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public RejectedException(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
