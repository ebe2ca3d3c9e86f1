package dev.forgeway.camel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.admin.PauseApi;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns a request of a person about pauses into a call of the {@link PauseApi}. */
@Component("pauseExchange")
public class PauseExchange {

    private final PauseApi pauses;
    private final AdminExchange admin;

    PauseExchange(PauseApi pauses, AdminExchange admin) {
        this.pauses = pauses;
        this.admin = admin;
    }

    public void list(Exchange exchange) {
        admin.answer(exchange, 200, pauses.pauses(admin.reader(exchange)));
    }

    /** Needs the admin token. */
    public void pause(Exchange exchange) {
        admin.answer(exchange, 200, pauses.pause(authorization(exchange), order(exchange)));
    }

    /** Needs the admin token. */
    public void resume(Exchange exchange) {
        admin.answer(exchange, 200, pauses.resume(authorization(exchange), order(exchange)));
    }

    private static @Nullable String authorization(Exchange exchange) {
        return exchange.getMessage().getHeader("Authorization", String.class);
    }

    private PauseApi.Order order(Exchange exchange) {
        JsonNode body = admin.body(exchange);
        return new PauseApi.Order(text(body, "kind"), text(body, "name"), text(body, "by"), text(body, "note"));
    }

    private static @Nullable String text(JsonNode object, String field) {
        return object.path(field).textValue();
    }
}
