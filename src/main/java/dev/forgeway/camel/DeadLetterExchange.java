package dev.forgeway.camel;

import dev.forgeway.admin.AdminApi;
import dev.forgeway.admin.DeadLetters;
import dev.forgeway.admin.Problem;
import dev.forgeway.admin.Replays;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
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
        admin.answer(exchange, 200, letters.inspect(authorization(exchange), AdminExchange.parameter(exchange, "id")));
    }

    public void actions(Exchange exchange) {
        admin.answer(exchange, 200, letters.actions(admin.reader(exchange), admin.parameters(exchange)));
    }

    /** Needs the admin token. */
    public void redrive(Exchange exchange) {
        admin.answer(exchange, 200, letters.redrive(authorization(exchange), order(exchange)));
    }

    /** Needs the admin token. */
    public void discard(Exchange exchange) {
        admin.answer(exchange, 200, letters.discard(authorization(exchange), order(exchange)));
    }

    /** Needs the admin token. */
    public void replay(Exchange exchange) {
        String id = AdminExchange.parameter(exchange, "id");
        Object answer = AdminApi.flag(admin.parameters(exchange), "dryRun")
                ? replays.dryRun(authorization(exchange), id)
                : letters.replay(authorization(exchange), id, order(exchange));
        admin.answer(exchange, 200, answer);
    }

    /** Needs the admin token. */
    public void shadowReplay(Exchange exchange) {
        admin.answer(exchange, 200, replays.shadow(authorization(exchange), admin.parameters(exchange)));
    }

    private static @Nullable String authorization(Exchange exchange) {
        return exchange.getMessage().getHeader("Authorization", String.class);
    }

    /**
     * The members of the body as text.
     *
     * @throws Problem when one is none: a condition that is not understood must not be left out
     */
    private Map<String, String> order(Exchange exchange) {
        Map<String, String> order = new HashMap<>();
        admin.body(exchange).properties().forEach(member -> {
            if (!member.getValue().isValueNode() || member.getValue().isNull()) {
                throw Problem.badRequest(member.getKey() + " must be a text, a number, or true or false");
            }
            order.put(member.getKey(), member.getValue().asText());
        });
        return order;
    }
}
