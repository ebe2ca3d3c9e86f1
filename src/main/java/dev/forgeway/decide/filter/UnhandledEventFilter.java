package dev.forgeway.decide.filter;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Verdict;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Event;
import dev.forgeway.event.EventType;
import dev.forgeway.event.PushEvent;
import dev.forgeway.forge.Forges;
import dev.forgeway.handle.Handlers;
import dev.forgeway.metrics.StepLog;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * An event that no handler reacts to, or that happened where nobody can act, is understood and kept, but asks nobody for
 * anything. What handlers react to is what they say of themselves.
 */
@Component
public class UnhandledEventFilter implements EventFilter {

    /** What asks for work among the actions of a type; all actions for a type that is not here. */
    private static final Map<EventType, Set<String>> ACTIONS = Map.of(
            EventType.PULL_REQUEST, Set.of("opened", "reopened", "synchronized"),
            EventType.PUSH, Set.of("created", "pushed"));

    private final Set<EventType> handled;
    private final Forges forges;

    public UnhandledEventFilter(Handlers handlers, Forges forges) {
        this.handled = handlers.specs().stream()
                .flatMap(spec -> spec.events().stream())
                .collect(Collectors.toUnmodifiableSet());
        this.forges = forges;
    }

    /** That somebody reacts is plain from what follows, and no step of the story. */
    @Override
    public void apply(Decision decision) {
        EventFilter.super.apply(decision);
        if (decision.isOpen()) {
            StepLog.skip();
        }
    }

    @Override
    public Verdict judge(Decision decision) {
        Event event = decision.event();
        String type = decision.eventType();
        if (!handled.contains(event.type())) {
            return Verdict.ignore(Reason.NO_HANDLER, type);
        }
        if (event.forge() != null && forges.find(event.forge()).isEmpty()) {
            return Verdict.ignore(Reason.NO_HANDLER, type + " on " + event.forge());
        }
        if (!ACTIONS.getOrDefault(event.type(), Set.of(event.action())).contains(event.action())) {
            return Verdict.ignore(Reason.NO_HANDLER, type + " " + event.action());
        }
        if (event instanceof PushEvent push && push.branch() == null) {
            return Verdict.ignore(Reason.NO_HANDLER, type + " of " + push.ref());
        }
        return Verdict.pass(type + " " + event.action());
    }
}
