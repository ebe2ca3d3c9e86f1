package dev.forgeway.decide.parse;

import dev.forgeway.event.Event;
import dev.forgeway.event.TestRun;
import dev.forgeway.event.TestingFarmResultEvent;
import dev.forgeway.ingest.Delivery;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The notifications of <a href="https://api.testing-farm.io/redoc">Testing Farm</a>, without their token. */
@Component
public class TestingFarmParser implements EventParser {

    @Override
    public String source() {
        return "testing-farm";
    }

    @Override
    public Optional<Event> parse(Delivery delivery) {
        String requestId = Payload.read(delivery.body()).text("request_id");
        return Optional.of(new TestingFarmResultEvent(
                "notified", null, delivery.receivedAt(), new TestRun(requestId, null, null)));
    }
}
