package dev.forgeway.schedule;

import dev.forgeway.config.Settings;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.Handlers;
import dev.forgeway.store.DueRedrives;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Finds the dead letters that come again by themselves, because a forge, a service or the database was away for longer than
 * the broker tried. Nobody is asked whether it is back: the attempt is the question, and each is longer after the one before.
 */
@Component
public class Redrives {

    /** So many of a kind come again in a turn; the others come next. */
    private static final int MOST = 100;

    private final DueRedrives store;
    private final List<String> handlers;
    private final List<Duration> delays;
    private final Duration known;
    private final Clock clock;

    public Redrives(DueRedrives store, Handlers handlers, Settings settings, Clock clock) {
        this.store = store;
        this.handlers = handlers.specs().stream().map(HandlerSpec::name).toList();
        this.delays = settings.schedule().redriveAfter();
        this.known = settings.decide().duplicateWindow();
        this.clock = clock;
    }

    /** Their ids. What came so long ago that a copy of it would not be known as one is left for a person. */
    public List<String> due() {
        Instant now = clock.instant();
        return store.find(now.minus(known), now, handlers, delays, MOST);
    }
}
