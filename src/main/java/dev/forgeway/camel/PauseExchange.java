package dev.forgeway.camel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.admin.DrainApi;
import dev.forgeway.admin.PauseApi;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns a request of a person about pauses and drains into a call of {@link PauseApi} or {@link DrainApi}. */
@Component("pauseExchange")
public class PauseExchange {

    private final PauseApi pauses;
    private final DrainApi drain;
    private final AdminExchange admin;

    PauseExchange(PauseApi pauses, DrainApi drain, AdminExchange admin) {
        this.pauses = pauses;
        this.drain = drain;
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

    /** Tells how far this process is. */
    public void drainState(Exchange exchange) {
        admin.answer(exchange, 200, drain.look());
    }

    /** Needs the admin token. */
    public void drain(Exchange exchange) {
        PauseApi.Order order = order(exchange);
        admin.answer(exchange, 200, drain.begin(authorization(exchange), order.by(), order.note()));
    }

    /** Needs the admin token. */
    public void endDrain(Exchange exchange) {
        PauseApi.Order order = order(exchange);
        admin.answer(exchange, 200, drain.end(authorization(exchange), order.by(), order.note()));
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
