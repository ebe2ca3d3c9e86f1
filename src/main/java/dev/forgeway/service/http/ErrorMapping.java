package dev.forgeway.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UnansweredException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/** Says what an answer, or the lack of one, means for the caller. */
final class ErrorMapping {

    private static final int LONGEST_MESSAGE = 500;

    /** What was asked for under a condition is as it was (RFC 9110, 15.4.5). */
    private static final int NOT_MODIFIED = 304;

    /** Said by a gateway that waited no longer, while the server behind it works on (RFC 9110, 15.6.5). */
    private static final int GATEWAY_TIMEOUT = 504;

    private final Clock clock;

    ErrorMapping(Clock clock) {
        this.clock = clock;
    }

    CallResult classify(RawAnswer answer) {
        int status = answer.status();
        if (status == 401) {
            return CallResult.UNAUTHORIZED;
        }
        if (status == 429 || (status == 403 && RateLimit.isLimited(answer.headers(), message(answer)))) {
            return CallResult.RATE_LIMITED;
        }
        if (status >= 500 || status == 408) {
            return CallResult.SERVER_ERROR;
        }
        if (answer.body() == null && !answer.isRedirect()) {
            return CallResult.NOT_JSON;
        }
        return status < 300 || status == NOT_MODIFIED || answer.isRedirect() ? CallResult.OK : CallResult.CLIENT_ERROR;
    }

    /** The answer when it is a success; otherwise throws what the failure means. */
    ServiceAnswer judge(ServiceCall call, RawAnswer answer) {
        return switch (classify(answer)) {
            case OK -> success(call, answer);
            case UNAUTHORIZED ->
                throw new TransientException(call + " was refused with 401: check "
                        + call.credential().settings());
            case RATE_LIMITED ->
                throw new TransientException(
                        call + " met a rate limit (" + answer.status() + ")",
                        RateLimit.retryAt(answer.headers(), clock.instant()));
            case NOT_JSON ->
                throw new TransientException(
                        call + " was answered with " + answer.status() + " and no JSON (content type "
                                + clean(Objects.toString(answer.headers().getFirst("Content-Type")))
                                + "), as by a proxy or a bot guard");
            case CLIENT_ERROR -> throw new ServiceRefusedException(call, answer.status(), words(call, answer));
            default -> throw serverError(call, answer);
        };
    }

    /** The status of a success; otherwise throws what the failure means to one who only wants to get rid of something. */
    int judgeDelivery(ServiceCall call, RawAnswer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return status;
        }
        if (status == 408 || status == 429 || status >= 500) {
            throw serverError(call, answer);
        }
        throw new ServiceRefusedException(call, status, words(call, answer));
    }

    private static ServiceAnswer success(ServiceCall call, RawAnswer answer) {
        if (answer.isRedirect()) {
            throw new TransientException(
                    call + " was redirected elsewhere or too often: check the address of " + call.service());
        }
        JsonNode body = answer.body();
        return new ServiceAnswer(answer.status(), answer.headers(), body == null ? MissingNode.getInstance() : body);
    }

    private TransientException serverError(ServiceCall call, RawAnswer answer) {
        String text = call + " failed with " + answer.status() + ": " + words(call, answer);
        boolean unanswered = answer.status() == GATEWAY_TIMEOUT && hasEffect(call);
        return RateLimit.named(answer.headers(), clock.instant())
                .map(at -> unanswered ? new UnansweredException(text, at) : new TransientException(text, at))
                .orElseGet(() -> unanswered ? new UnansweredException(text) : new TransientException(text));
    }

    static CallResult classify(Throwable failure) {
        return causedBy(failure, HttpTimeoutException.class) ? CallResult.TIMEOUT : CallResult.UNREACHABLE;
    }

    /** What it means that no answer came. The cause's message can hold an address, never a header. */
    static TransientException noAnswer(ServiceCall call, CallResult result, Throwable failure) {
        if (causedBy(failure, ConnectException.class) || causedBy(failure, HttpConnectTimeoutException.class)) {
            return new TransientException(call + " could not be sent", failure);
        }
        String text = call + (result == CallResult.TIMEOUT ? " got no answer in time" : " was cut off");
        return hasEffect(call) ? new UnansweredException(text, failure) : new TransientException(text, failure);
    }

    private static boolean hasEffect(ServiceCall call) {
        return !call.method().equals(HttpMethod.GET);
    }

    private static boolean causedBy(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    private static String words(ServiceCall call, RawAnswer answer) {
        return call.credential().hide(message(answer));
    }

    /**
     * The service's own words: {@code message} with {@code errors} (GitHub), {@code error} (Copr), or FastAPI's {@code
     * detail}, which is a text or a list of places with what is wrong there (https://fastapi.tiangolo.com/tutorial/handling-errors/).
     */
    private static String message(RawAnswer answer) {
        JsonNode body = answer.body();
        if (body == null) {
            return "no JSON";
        }
        String text = firstText(body, "message", "error")
                .or(() -> detail(body.path("detail")))
                .orElse("no message");
        StringBuilder all = new StringBuilder(text);
        for (JsonNode error : body.path("errors")) {
            String detail = error.isTextual()
                    ? error.asText()
                    : firstText(error, "message", "description").orElseGet(() -> codeOf(error));
            all.append("; ").append(detail);
        }
        return clean(all.toString());
    }

    private static Optional<String> detail(JsonNode detail) {
        if (!detail.isArray()) {
            return Optional.of(detail.asText()).filter(words -> !words.isEmpty());
        }
        StringJoiner all = new StringJoiner("; ");
        for (JsonNode one : detail) {
            StringJoiner place = new StringJoiner(".");
            one.path("loc").forEach(part -> place.add(part.asText()));
            all.add(place + ": " + one.path("msg").asText());
        }
        return Optional.of(all.toString());
    }

    private static String codeOf(JsonNode error) {
        return error.path("field").asText() + " " + error.path("code").asText();
    }

    private static Optional<String> firstText(JsonNode node, String... fields) {
        for (String field : fields) {
            @Nullable JsonNode value = node.get(field);
            if (value != null && !value.isNull()) {
                return Optional.of(value.isTextual() ? value.asText() : value.toString());
            }
        }
        return Optional.empty();
    }

    private static String clean(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
    }
}
