package dev.forgeway.ingest;

import dev.forgeway.config.IngestSettings;
import dev.forgeway.config.Settings;
import dev.forgeway.metrics.IngestMetrics;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells a sender of CloudEvents whether it may send (<a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md#4-abuse-protection">abuse
 * protection</a>). The answer is given at once; {@code WebHook-Request-Callback} is never called, because anybody could
 * name an address of ours there.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
public class CloudEventsHandshake extends OncePerRequestFilter {

    private static final String PATH = "/webhooks/" + CloudEventsWebhook.SOURCE;
    private static final String ANY = "*";

    private final boolean on;
    private final List<String> allowed;
    private final IngestMetrics metrics;

    public CloudEventsHandshake(Settings settings, IngestMetrics metrics) {
        IngestSettings.CloudEvents cloudEvents = settings.ingest().cloudevents();
        this.on = cloudEvents.isOn();
        this.allowed = cloudEvents.allowedOrigins();
        this.metrics = metrics;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("OPTIONS")
                || !request.getRequestURI().equals(PATH);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        String origin = request.getHeader("WebHook-Request-Origin");
        int status = status(origin);
        if (status == 200 && origin != null) {
            response.setHeader("Allow", "POST");
            response.setHeader("WebHook-Allowed-Origin", origin);
            if (request.getHeader("WebHook-Request-Rate") != null) {
                response.setHeader("WebHook-Allowed-Rate", ANY);
            }
        } else {
            metrics.refused(CloudEventsWebhook.SOURCE, status);
        }
        response.setStatus(status);
        response.flushBuffer();
    }

    private int status(@Nullable String origin) {
        if (!on) {
            return 404;
        }
        if (origin == null || origin.isBlank()) {
            return 400;
        }
        return allowed.contains(ANY) || allowed.stream().anyMatch(name -> same(name, origin)) ? 200 : 403;
    }

    /** Origins are DNS names (4.1.1). */
    private static boolean same(String name, String origin) {
        return name.toLowerCase(Locale.ROOT).equals(origin.strip().toLowerCase(Locale.ROOT));
    }
}
