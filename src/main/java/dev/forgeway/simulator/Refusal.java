package dev.forgeway.simulator;

/** Ends the work on a request with an answer other than the usual one. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Response response;

    Refusal(Response response) {
        super("HTTP " + response.status(), null, false, false);
        this.response = response;
    }

    Response response() {
        return response;
    }
}
