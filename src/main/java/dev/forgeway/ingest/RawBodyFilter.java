package dev.forgeway.ingest;

import dev.forgeway.config.Settings;
import dev.forgeway.metrics.IngestMetrics;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UrlPathHelper;

/**
 * Reads the body of a webhook once, as it is, and no more of it than the limit, whether its length is announced or
 * not. What is no delivery at all is answered here, and so is everything that comes while the routes start or stop.
 */
@Component
public class RawBodyFilter extends OncePerRequestFilter {

    private static final String PATH = "/webhooks/";

    private static final String JSON = "application/json";

    /** What a sender that is not listed below may send. */
    private static final Set<String> USUAL_TYPES = Set.of(JSON, "application/x-www-form-urlencoded");

    /** The content types of the senders that never send a form, by path. */
    private static final Map<String, Set<String>> TYPES = Map.of(
            "gitlab", Set.of(JSON),
            "pagure", Set.of(JSON),
            "testing-farm", Set.of(JSON),
            "standard", Set.of(JSON, "application/cloudevents+json"),
            "cloudevents", Set.of(JSON, "application/cloudevents+json"));

    private final int limit;
    private final IngestMetrics metrics;
    private final ApplicationAvailability availability;

    public RawBodyFilter(Settings settings, IngestMetrics metrics, ApplicationAvailability availability) {
        this.availability = availability;
        this.limit = Math.toIntExact(settings.ingest().maxBodySize().toBytes());
        this.metrics = metrics;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !path(request).startsWith(PATH);
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return true;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
            response.setHeader("Retry-After", "10");
            refuse(request, response, 503, "not ready", "starting or stopping; send it again later");
        } else if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            refuse(request, response, 405, "method not allowed", "send deliveries with POST");
        } else if (!knownType(request)) {
            refuse(request, response, 415, "unsupported content type", "choose application/json for the webhook");
        } else if (request.getContentLengthLong() > limit) {
            tooLarge(request, response);
        } else {
            byte[] body = request.getInputStream().readNBytes(limit + 1);
            if (body.length > limit) {
                tooLarge(request, response);
            } else if (body.length == 0) {
                refuse(request, response, 400, "empty body", "a delivery carries JSON");
            } else {
                chain.doFilter(new RawBodyRequest(request, body), response);
            }
        }
    }

    private static String source(HttpServletRequest request) {
        return path(request).substring(PATH.length());
    }

    /** As the routes understand it: decoded, and without parameters. */
    private static String path(HttpServletRequest request) {
        return UrlPathHelper.defaultInstance.getPathWithinApplication(request);
    }

    private static boolean knownType(HttpServletRequest request) {
        Set<String> types = TYPES.getOrDefault(source(request), USUAL_TYPES);
        return types.contains(mediaType(request.getContentType()));
    }

    private static String mediaType(@Nullable String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }

    private void tooLarge(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Connection", "close");
        refuse(request, response, 413, "body too large", "the limit is " + limit + " bytes");
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, int status, String error, String hint)
            throws IOException {
        metrics.refused(source(request), status);
        response.setStatus(status);
        response.setContentType("application/json");
        response.getOutputStream()
                .write("{\"error\":\"%s\",\"hint\":\"%s\"}"
                        .formatted(error, hint)
                        .getBytes(StandardCharsets.UTF_8));
    }
}
