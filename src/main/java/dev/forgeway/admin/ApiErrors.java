package dev.forgeway.admin;

import dev.forgeway.store.EventJson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UrlPathHelper;

/**
 * Answers what reaches no route of the API, because of its address, method or content type, as its routes answer: by
 * problem details (RFC 9457).
 */
@Component
@Order(-1) // before those of Spring itself, which are 0
public class ApiErrors implements HandlerExceptionResolver {

    private static final String ROOT = "/api";

    private static final String RETRY_AFTER_SECONDS = "10";

    private final EventJson json;
    private final ApplicationAvailability availability;

    public ApiErrors(EventJson json, ApplicationAvailability availability) {
        this.json = json;
        this.availability = availability;
    }

    /** Whether somebody asks the API, however the address is written. */
    static boolean isAsked(HttpServletRequest request) {
        String path = UrlPathHelper.defaultInstance.getPathWithinApplication(request);
        return path.equals(ROOT) || path.startsWith(ROOT + "/");
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        if (!(failure instanceof ErrorResponse refusal) || !isAsked(request)) {
            return null;
        }
        int status = refusal.getStatusCode().value();
        if (status == HttpServletResponse.SC_NOT_FOUND
                && availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
            // the routes are not there yet, or not any more
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            write(response, Problem.unavailable("starting or stopping; ask again later"));
            return new ModelAndView();
        }
        // what is allowed, or accepted
        refusal.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        write(response, Problem.of(status, detail(refusal)));
        return new ModelAndView();
    }

    private static String detail(ErrorResponse refusal) {
        return switch (refusal.getStatusCode().value()) {
            case HttpServletResponse.SC_NOT_FOUND -> "there is nothing here; /api/openapi.json tells what there is";
            case HttpServletResponse.SC_METHOD_NOT_ALLOWED ->
                "the methods here are " + refusal.getHeaders().getFirst(HttpHeaders.ALLOW);
            case HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE -> "send application/json";
            default -> "this cannot be answered";
        };
    }

    void write(HttpServletResponse response, Problem problem) {
        response.setStatus(problem.status());
        response.setContentType("application/problem+json");
        try {
            response.getOutputStream().write(json.write(problem.body()).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
