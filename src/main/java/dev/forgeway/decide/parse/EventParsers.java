package dev.forgeway.decide.parse;

import dev.forgeway.decide.Decision;
import dev.forgeway.event.Event;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Hands every delivery to the parser of its sender. */
@Component
public class EventParsers {

    private final Map<String, EventParser> bySource;

    public EventParsers(List<EventParser> parsers) {
        this.bySource = parsers.stream()
                .flatMap(parser -> parser.sources().stream().map(source -> Map.entry(source, parser)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The wire names of all senders ("github", "amqp"). */
    public Set<String> sources() {
        return bySource.keySet();
    }

    /** @throws dev.forgeway.error.RejectedException when the payload cannot be used */
    public void parse(Decision decision) {
        String source = decision.delivery().source();
        EventParser parser = Objects.requireNonNull(bySource.get(source), () -> "no parser for " + source);
        Optional<Event> event = parser.parse(decision.delivery());
        if (event.isEmpty()) {
            decision.stop(Outcome.IGNORED, parser.unknown(), decision.delivery().eventName());
            return;
        }
        decision.event(event.get());
        StepLog.note(event.get().type().wireName(), event.get().action());
    }
}
