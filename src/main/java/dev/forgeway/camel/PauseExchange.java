package dev.forgeway.camel;

import dev.forgeway.admin.DrainApi;
import dev.forgeway.admin.PauseApi;
import java.util.Map;
import org.apache.camel.Exchange;
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
        admin.answer(exchange, 200, pauses.pause(admin.authorization(exchange), order(exchange)));
    }

    /** Needs the admin token. */
    public void resume(Exchange exchange) {
        admin.answer(exchange, 200, pauses.resume(admin.authorization(exchange), order(exchange)));
    }

    /** Tells how far this process is. */
    public void drainState(Exchange exchange) {
        admin.parameters(exchange);
        admin.answer(exchange, 200, drain.look());
    }

    /** Needs the admin token. */
    public void drain(Exchange exchange) {
        PauseApi.Order order = order(exchange);
        admin.answer(exchange, 200, drain.begin(admin.authorization(exchange), order.by(), order.note()));
    }

    /** Needs the admin token. */
    public void endDrain(Exchange exchange) {
        PauseApi.Order order = order(exchange);
        admin.answer(exchange, 200, drain.end(admin.authorization(exchange), order.by(), order.note()));
    }

    private PauseApi.Order order(Exchange exchange) {
        Map<String, String> order = admin.order(exchange);
        return new PauseApi.Order(order.get("kind"), order.get("name"), order.get("by"), order.get("note"));
    }
}
