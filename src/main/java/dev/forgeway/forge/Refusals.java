package dev.forgeway.forge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The projects that refused something, so that it is not tried again with every report. A refusal is believed for an
 * hour: who is given the permission meanwhile sees its effect after that at the latest, or after a restart.
 */
public final class Refusals {

    private static final Duration BELIEVED = Duration.ofHours(1);
    private static final int MOST = 10_000;

    private final Clock clock;
    private final Map<String, Refusal> byProject = new ConcurrentHashMap<>();

    public Refusals(Clock clock) {
        this.clock = clock;
    }

    /** @param why what the person who can change it should read */
    public void remember(Target target, @Nullable String why) {
        Instant now = clock.instant();
        if (byProject.size() >= MOST) {
            byProject.values().removeIf(refusal -> !refusal.until().isAfter(now));
        }
        if (byProject.size() < MOST) {
            byProject.put(target.project().key(), new Refusal(String.valueOf(why), now.plus(BELIEVED)));
        }
    }

    /** What the project answered, while that is believed. */
    public Optional<String> of(Target target) {
        return Optional.ofNullable(byProject.get(target.project().key()))
                .filter(refusal -> refusal.until().isAfter(clock.instant()))
                .map(Refusal::why);
    }

    private record Refusal(String why, Instant until) {}
}
