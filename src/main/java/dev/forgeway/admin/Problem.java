package dev.forgeway.admin;

import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** A request of the API that cannot be served, as problem details (RFC 9457). */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;

    private Problem(int status, String title, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
    }

    static Problem notFound(String detail) {
        return new Problem(404, "not found", detail);
    }

    static Problem unauthorized(String detail) {
        return new Problem(401, "unauthorized", detail);
    }

    /** What was asked for cannot be understood. */
    public static Problem badRequest(String detail) {
        return new Problem(400, "bad request", detail);
    }

    /** Something else is being done that this must not be done beside. */
    static Problem conflict(String detail) {
        return new Problem(409, "conflict", detail);
    }

    /** A request that reaches no route, with the status of HTTP for it and its name as title. */
    static Problem of(int status, String detail) {
        HttpStatus known = HttpStatus.valueOf(status);
        return new Problem(status, known.getReasonPhrase().toLowerCase(Locale.ROOT), detail);
    }

    /** Something that is needed for the answer is away. */
    public static Problem unavailable(String detail) {
        return new Problem(503, "unavailable", detail);
    }

    /** A defect; what it was is in the log. */
    public static Problem internal() {
        return new Problem(500, "internal error", "it was logged");
    }

    public int status() {
        return status;
    }

    /** The members of the problem's JSON. */
    public Map<String, Object> body() {
        return Map.of("status", status, "title", title, "detail", String.valueOf(getMessage()));
    }
}
