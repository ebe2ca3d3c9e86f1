package dev.forgeway.service.http;

/**
 * The service understood the request and refused it (4xx other than 401, 408 and rate limits). Clients turn it into
 * their own answer; it must not leave them.
 */
public class ServiceRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String serviceMessage;

    public ServiceRefusedException(ServiceCall call, int status, String serviceMessage) {
        super(call + " was refused with " + status + ": " + serviceMessage);
        this.status = status;
        this.serviceMessage = serviceMessage;
    }

    public int status() {
        return status;
    }

    /** The service's own words. */
    public String serviceMessage() {
        return serviceMessage;
    }
}
