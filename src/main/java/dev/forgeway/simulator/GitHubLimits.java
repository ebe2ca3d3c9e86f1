package dev.forgeway.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How much the simulated GitHub lets its callers ask for: always by the hour, and at will by the minute too. */
final class GitHubLimits {

    private final RateLimit core = new RateLimit("core");
    private final RateLimit graphql = new RateLimit("graphql");
    private volatile @Nullable SecondaryLimits secondary;

    void set(int calls, Duration window) {
        core.set(calls, window);
        graphql.set(calls, window);
    }

    /** @param minute how long a minute is; null for no limits by the minute */
    void enforce(@Nullable Duration minute) {
        secondary = minute == null ? null : new SecondaryLimits(minute);
    }

    /** The budget that a call is one of. */
    RateLimit of(Request request) {
        return request.target().startsWith("/graphql") ? graphql : core;
    }

    RateLimit graphQl() {
        return graphql;
    }

    /** Performs a call that is not too much. */
    Response within(GitHubCaller caller, Request request, Function<Request, Response> perform) {
        RateLimit limit = of(request);
        SecondaryLimits enforced = secondary;
        if (enforced == null) {
            return limit.take() ? perform.apply(request) : exhausted(limit);
        }
        Optional<Response> refusal = enforced.begin(caller, request);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        try {
            return limit.take() ? perform.apply(request) : exhausted(limit);
        } finally {
            enforced.end(caller);
        }
    }

    /** REST refuses with 403, GraphQL answers 200 with an error (their documentation on rate limits). */
    private Response exhausted(RateLimit limit) {
        return limit == graphql
                ? GitHubGraphql.rateLimited()
                : GitHubErrors.response(403, "API rate limit exceeded for installation.");
    }

    /** As {@code /rate_limit} tells them. */
    Map<String, @Nullable Object> resources() {
        Map<String, @Nullable Object> resources = Json.object();
        for (RateLimit limit : List.of(core, graphql)) {
            resources.put(
                    limit == core ? "core" : "graphql",
                    Json.object(
                            "limit", limit.limit(),
                            "remaining", limit.remaining(),
                            "reset", limit.reset().getEpochSecond()));
        }
        return resources;
    }
}
