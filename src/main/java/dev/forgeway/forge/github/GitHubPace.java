package dev.forgeway.forge.github;

import dev.forgeway.error.OverBudgetException;
import dev.forgeway.service.http.PointsWindow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpMethod;

/**
 * Keeps what is called in the name of one installation, or with one token, inside GitHub's secondary limits
 * (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits): at most
 * 100 calls at once; 900 points a minute over REST, where a read has one point and a write five, and 2000 over GraphQL;
 * 80 calls a minute and 500 an hour that create content. Content is what notifies people: comments, issues, pull requests;
 * the endpoints of check runs, statuses, reactions, trees, commits and refs do not say that of themselves. A tenth of each limit is left alone,
 * for others who use the same token. What does not fit is refused with the time to come again, and nobody waits here.
 */
public final class GitHubPace {

    private static final int MOST_AT_ONCE = 90;
    private static final int REST_POINTS = 810;
    private static final int GRAPHQL_POINTS = 1800;
    private static final int CONTENT_A_MINUTE = 72;
    private static final int CONTENT_AN_HOUR = 450;
    private static final int MINUTES = 60;
    private static final int MOST_BUDGETS = 10_000;

    private final Clock clock;
    private final Duration minute;
    private final Map<String, Budget> budgets = new ConcurrentHashMap<>();

    public GitHubPace(Clock clock) {
        this(clock, Duration.ofMinutes(1));
    }

    /** @param minute how long GitHub's minute is, for a simulated one in a hurry */
    public GitHubPace(Clock clock, Duration minute) {
        this.clock = clock;
        this.minute = minute;
    }

    /** What a call costs. */
    enum Cost {
        QUERY(1),
        READ(1),
        WRITE(5),
        CONTENT(5);

        private final int points;

        Cost(int points) {
            this.points = points;
        }

        /** @param operation as in {@link dev.forgeway.service.http.ServiceCall} */
        static Cost of(HttpMethod method, String operation) {
            if (method.equals(HttpMethod.GET)) {
                return READ;
            }
            return switch (operation) {
                case "comment-create", "issue-create", "pull-request-create" -> CONTENT;
                default -> WRITE;
            };
        }
    }

    /** One call, from its beginning to its end. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Begins a call.
     *
     * @param budget whose it is, as in {@link dev.forgeway.service.http.Credential#budget}
     * @throws OverBudgetException with the time to come again, where it would be too much
     */
    Turn begin(String budget, Cost cost) {
        Instant now = clock.instant();
        if (budgets.size() >= MOST_BUDGETS) {
            budgets.values().removeIf(one -> one.isIdle(now));
        }
        return budgets.computeIfAbsent(budget, added -> new Budget()).begin(budget, cost, now);
    }

    private final class Budget {

        private final PointsWindow rest = new PointsWindow(REST_POINTS, minute);
        private final PointsWindow graphQl = new PointsWindow(GRAPHQL_POINTS, minute);
        private final PointsWindow content = new PointsWindow(CONTENT_A_MINUTE, minute);
        private final PointsWindow contentOfHour = new PointsWindow(CONTENT_AN_HOUR, minute.multipliedBy(MINUTES));
        private int atOnce;

        synchronized Turn begin(String name, Cost cost, Instant now) {
            List<Share> shares = shares(cost);
            Instant until = atOnce < MOST_AT_ONCE ? now : now.plus(minute.dividedBy(MINUTES));
            for (Share share : shares) {
                if (!share.window().has(share.points(), now)) {
                    Instant promised = share.window().promise(share.points(), now);
                    until = promised.isAfter(until) ? promised : until;
                }
            }
            if (until.isAfter(now)) {
                throw new OverBudgetException(
                        "Waits for its turn, so that the " + name + " stays inside GitHub's limits", until);
            }
            atOnce++;
            shares.forEach(share -> share.window().begin(share.points()));
            return () -> end(shares);
        }

        private synchronized void end(List<Share> shares) {
            Instant now = clock.instant();
            atOnce--;
            shares.forEach(share -> share.window().end(share.points(), now));
        }

        private List<Share> shares(Cost cost) {
            return switch (cost) {
                case QUERY -> List.of(new Share(graphQl, cost.points));
                case READ, WRITE -> List.of(new Share(rest, cost.points));
                case CONTENT ->
                    List.of(new Share(rest, cost.points), new Share(content, 1), new Share(contentOfHour, 1));
            };
        }

        synchronized boolean isIdle(Instant now) {
            return atOnce == 0 && rest.isIdle(now) && graphQl.isIdle(now) && contentOfHour.isIdle(now);
        }
    }

    private record Share(PointsWindow window, int points) {}
}
