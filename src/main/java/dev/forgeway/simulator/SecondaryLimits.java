package dev.forgeway.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * GitHub's secondary limits for one caller each
 * (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits), as 403
 * with {@code Retry-After} in whole seconds. A refused call counts nothing.
 */
final class SecondaryLimits {

    private static final int MOST_AT_ONCE = 100;
    private static final int REST_POINTS = 900;
    private static final int GRAPHQL_POINTS = 2000;
    private static final int CONTENT_A_MINUTE = 80;
    private static final int CONTENT_AN_HOUR = 500;
    private static final int MINUTES = 60;

    private final Duration minute;
    private final Map<Object, Usage> byCaller = new ConcurrentHashMap<>();

    /** @param minute how long a minute is here */
    SecondaryLimits(Duration minute) {
        this.minute = minute;
    }

    /** Counts a call. The answer is a refusal when it was too much, and else {@link #end} has to follow. */
    Optional<Response> begin(Object caller, Request request) {
        return byCaller.computeIfAbsent(caller, added -> new Usage()).begin(request, Instant.now());
    }

    void end(Object caller) {
        Usage usage = byCaller.get(caller);
        if (usage != null) {
            usage.end();
        }
    }

    private static Response refusal(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return GitHubErrors.response(
                        403,
                        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.")
                .with("Retry-After", Long.toString(seconds));
    }

    private static boolean createsContent(Request request) {
        return request.method().equals("POST")
                && request.target().matches("/repos/[^/]+/[^/]+/(.*/comments|issues|pulls)");
    }

    private final class Usage {

        private final Deque<Counted> rest = new ArrayDeque<>();
        private final Deque<Counted> graphQl = new ArrayDeque<>();
        private final Deque<Counted> content = new ArrayDeque<>();
        private int atOnce;

        synchronized Optional<Response> begin(Request request, Instant now) {
            if (atOnce >= MOST_AT_ONCE) {
                return Optional.of(refusal(Duration.ofSeconds(1)));
            }
            boolean asksGraphQl = request.target().startsWith("/graphql");
            Deque<Counted> points = asksGraphQl ? graphQl : rest;
            int cost = asksGraphQl || request.method().equals("GET") ? 1 : 5;
            boolean creates = createsContent(request);
            if (sum(points, now.minus(minute)) + cost > (asksGraphQl ? GRAPHQL_POINTS : REST_POINTS)
                    || (creates && sum(content, now.minus(minute)) >= CONTENT_A_MINUTE)
                    || (creates && sum(content, now.minus(minute.multipliedBy(MINUTES))) >= CONTENT_AN_HOUR)) {
                return Optional.of(refusal(minute));
            }
            atOnce++;
            points.addLast(new Counted(cost, now));
            if (creates) {
                content.addLast(new Counted(1, now));
            }
            return Optional.empty();
        }

        synchronized void end() {
            atOnce--;
        }

        private static int sum(Deque<Counted> counted, Instant since) {
            return counted.stream()
                    .filter(one -> one.at().isAfter(since))
                    .mapToInt(Counted::points)
                    .sum();
        }
    }

    private record Counted(int points, Instant at) {}
}
