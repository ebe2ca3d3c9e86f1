package dev.forgeway.service.http;

import dev.forgeway.error.OverBudgetException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpHeaders;

/**
 * Remembers which budgets are used up, so that what one call learned spares the others theirs. A budget belongs to a
 * service and whoever the calls are made for ({@link Credential#budget}). A service can have several for different
 * operations and then says which one an answer was about ({@code x-ratelimit-resource},
 * https://docs.github.com/en/rest/rate-limit/rate-limit; {@code RateLimit-Name} of GitLab); a limit that names none holds
 * for all.
 */
final class Budgets {

    private static final String ALL = "";
    private static final int MOST = 10_000;

    private final Clock clock;
    private final Map<String, Instant> usedUpUntil = new ConcurrentHashMap<>();
    private final Map<String, String> resources = new ConcurrentHashMap<>();

    Budgets(Clock clock) {
        this.clock = clock;
    }

    /**
     * Returns where the call may be made.
     *
     * @throws OverBudgetException with the time from which on it may be
     */
    void check(ServiceCall call) {
        String resource = resources.getOrDefault(operation(call), ALL);
        Instant now = clock.instant();
        Instant all = usedUpUntil.getOrDefault(key(call, ALL), now);
        Instant own = usedUpUntil.getOrDefault(key(call, resource), now);
        Instant until = own.isAfter(all) ? own : all;
        if (until.isAfter(now)) {
            throw new OverBudgetException(call + " waits until a rate limit that was met before is over", until);
        }
    }

    /** Learns from an answer. */
    void learn(ServiceCall call, CallResult result, HttpHeaders headers) {
        String resource = RateLimit.resource(headers);
        if (resource != null) {
            resources.put(operation(call), resource);
        }
        // a limit that is met while something remains is one on the pace
        if (result == CallResult.RATE_LIMITED) {
            remember(key(call, RateLimit.isUsedUp(headers) && resource != null ? resource : ALL), headers);
        } else if (result == CallResult.OK && RateLimit.isUsedUp(headers) && resource != null) {
            remember(key(call, resource), headers);
        }
    }

    private void remember(String key, HttpHeaders headers) {
        if (usedUpUntil.size() >= MOST) {
            usedUpUntil.values().removeIf(until -> !until.isAfter(clock.instant()));
        }
        usedUpUntil.put(key, RateLimit.retryAt(headers, clock.instant()));
    }

    private static String key(ServiceCall call, String resource) {
        return call.service() + " " + call.credential().budget() + " " + resource;
    }

    private static String operation(ServiceCall call) {
        return call.service() + " " + call.operation();
    }
}
