package dev.forgeway.camel;

import dev.forgeway.admin.AdminApi;
import dev.forgeway.admin.DeadLetters;
import dev.forgeway.admin.Replays;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Turns a request of a person about dead letters and replays into a call of {@link DeadLetters} or {@link Replays}. */
@Component("deadLetterExchange")
public class DeadLetterExchange {

    private final DeadLetters letters;
    private final Replays replays;
    private final AdminExchange admin;

    DeadLetterExchange(DeadLetters letters, Replays replays, AdminExchange admin) {
        this.letters = letters;
        this.replays = replays;
        this.admin = admin;
    }

    public void list(Exchange exchange) {
        admin.answer(exchange, 200, letters.list(admin.reader(exchange), admin.parameters(exchange)));
    }

    /** Needs the admin token. */
    public void inspect(Exchange exchange) {
        admin.answer(
                exchange, 200, letters.inspect(admin.authorization(exchange), AdminExchange.parameter(exchange, "id")));
    }

    public void actions(Exchange exchange) {
        admin.answer(exchange, 200, letters.actions(admin.reader(exchange), admin.parameters(exchange)));
    }

    /** Needs the admin token. */
    public void redrive(Exchange exchange) {
        admin.answer(exchange, 200, letters.redrive(admin.authorization(exchange), admin.order(exchange)));
    }

    /** Needs the admin token. */
    public void discard(Exchange exchange) {
        admin.answer(exchange, 200, letters.discard(admin.authorization(exchange), admin.order(exchange)));
    }

    /** Needs the admin token. */
    public void replay(Exchange exchange) {
        String id = AdminExchange.parameter(exchange, "id");
        Object answer = AdminApi.flag(admin.parameters(exchange), "dryRun")
                ? replays.dryRun(admin.authorization(exchange), id)
                : letters.replay(admin.authorization(exchange), id, admin.order(exchange));
        admin.answer(exchange, 200, answer);
    }

    /** Needs the admin token. */
    public void shadowReplay(Exchange exchange) {
        admin.answer(exchange, 200, replays.shadow(admin.authorization(exchange), admin.parameters(exchange)));
    }
}
