package dev.forgeway.camel;

import dev.forgeway.ingest.RawBodyRequest;
import dev.forgeway.ingest.Receipt;
import dev.forgeway.ingest.WebhookRequest;
import dev.forgeway.metrics.IngestMetrics;
import dev.forgeway.metrics.StepLog;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.springframework.stereotype.Component;

/** Turns an HTTP exchange into a {@link WebhookRequest} and a {@link Receipt} into the answer. */
@Component("webhookExchange")
public class WebhookExchange {

    private final IngestMetrics metrics;

    WebhookExchange(IngestMetrics metrics) {
        this.metrics = metrics;
    }

    /** Takes the request out of the exchange; no header of it goes any further by itself. */
    public void open(Exchange exchange) {
        HttpServletRequest request =
                exchange.getMessage().getHeader(Exchange.HTTP_SERVLET_REQUEST, HttpServletRequest.class);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        byte[] body = body(request);
        message.setBody(new WebhookRequest(headers(request), body));
        StepLog.open();
        StepLog.note("read", body.length + " bytes");
    }

    private static byte[] body(HttpServletRequest request) {
        HttpServletRequest inner = request;
        while (!(inner instanceof RawBodyRequest raw)) {
            inner = (HttpServletRequest) ((HttpServletRequestWrapper) inner).getRequest();
        }
        return raw.body();
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.putIfAbsent(name.toLowerCase(Locale.ROOT), request.getHeader(name));
        }
        return headers;
    }

    /** Answers 202 or, to a ping, 200. What was accepted has left its id and event in the headers of its message. */
    public void answer(Exchange exchange) {
        Message message = exchange.getMessage();
        Receipt receipt = message.getBody() instanceof Receipt unsent ? unsent : null;
        String status = receipt == null ? "accepted" : receipt.status().name().toLowerCase(Locale.ROOT);
        String id = receipt == null ? message.getHeader(Headers.DELIVERY_ID, String.class) : receipt.id();
        metrics.received(source(exchange), message.getHeader(Headers.EVENT_NAME, "", String.class), status);
        StepLog.close();
        boolean pong = receipt != null && receipt.status() == Receipt.Status.PONG;
        String why = receipt == null || receipt.reason() == null ? "" : ",\"reason\":\"" + receipt.reason() + "\"";
        answer(exchange, pong ? 200 : 202, "{\"id\":\"%s\",\"status\":\"%s\"%s}".formatted(id, status, why));
    }

    /** Answers a failure: what kind it is, and what to do about it, but nothing of how it came about. */
    public void refuse(Exchange exchange, int status, String error, String hint) {
        metrics.refused(source(exchange), status);
        StepLog.close();
        answer(exchange, status, "{\"error\":\"%s\",\"hint\":\"%s\"}".formatted(error, hint));
        if (status == 503) {
            exchange.getMessage().setHeader("Retry-After", "30");
        }
    }

    private static String source(Exchange exchange) {
        String routeId = exchange.getFromRouteId();
        return routeId.substring(routeId.indexOf('-') + 1);
    }

    private static void answer(Exchange exchange, int status, String json) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(json);
    }
}
