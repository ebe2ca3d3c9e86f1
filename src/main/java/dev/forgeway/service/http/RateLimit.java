package dev.forgeway.service.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Reads from an answer when the service will answer again: {@code Retry-After} (RFC 9110, 10.2.3), GitHub's {@code
 * x-ratelimit-*} (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api) and GitLab's {@code
 * RateLimit-*} (https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/#response-headers).
 *
 * <p>The last calls of a budget are a reserve for those that are under way when the others are told.
 */
public final class RateLimit {

    /** GitHub's rule for a limit that names no time: wait at least one minute. */
    private static final Duration WITHOUT_A_WORD = Duration.ofMinutes(1);

    private static final Duration LONGEST = Duration.ofDays(1);

    /** One call of so many is in reserve, and no more than {@link #LARGEST_RESERVE}. */
    private static final int RESERVED = 50;

    private static final long LARGEST_RESERVE = 100;

    private RateLimit() {}

    /** The moment that the headers name, never in the past and at most a day away; in a minute when they name none. */
    public static Instant retryAt(HttpHeaders headers, Instant now) {
        return named(headers, now).orElseGet(() -> now.plus(WITHOUT_A_WORD));
    }

    static Optional<Instant> named(HttpHeaders headers, Instant now) {
        Instant at = retryAfter(headers.getFirst(HttpHeaders.RETRY_AFTER), now);
        if (at == null && isUsedUp(headers)) {
            at = reset(either(headers, "x-ratelimit-reset", "RateLimit-Reset"));
        }
        return Optional.ofNullable(at).map(t -> within(t, now));
    }

    /** Which of its budgets a service speaks of; null where it has one for all. */
    static @Nullable String resource(HttpHeaders headers) {
        return either(headers, "x-ratelimit-resource", "RateLimit-Name");
    }

    /** Whether the budget of a time span is used up, but for the reserve. */
    static boolean isUsedUp(HttpHeaders headers) {
        long remaining = number(either(headers, "x-ratelimit-remaining", "RateLimit-Remaining"), Long.MAX_VALUE);
        long limit = number(either(headers, "x-ratelimit-limit", "RateLimit-Limit"), 0);
        return remaining <= Math.min(limit / RESERVED, LARGEST_RESERVE);
    }

    private static @Nullable String either(HttpHeaders headers, String one, String other) {
        String value = headers.getFirst(one);
        return value == null ? headers.getFirst(other) : value;
    }

    private static long number(@Nullable String value, long otherwise) {
        return value != null && value.strip().matches("\\d{1,18}") ? Long.parseLong(value.strip()) : otherwise;
    }

    /** Whether a 403 is a limit in disguise. */
    static boolean isLimited(HttpHeaders headers, String message) {
        String words = message.toLowerCase(Locale.ROOT);
        return headers.getFirst(HttpHeaders.RETRY_AFTER) != null
                || "0".equals(headers.getFirst("x-ratelimit-remaining"))
                || words.contains("secondary rate limit")
                || words.contains("rate limit exceeded")
                || words.contains("abuse detection");
    }

    private static @Nullable Instant retryAfter(@Nullable String value, Instant now) {
        if (value == null) {
            return null;
        }
        String text = value.strip();
        try {
            return text.matches("\\d{1,9}")
                    ? now.plusSeconds(Long.parseLong(text))
                    : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Instant reset(@Nullable String value) {
        return value != null && value.strip().matches("\\d{1,11}")
                ? Instant.ofEpochSecond(Long.parseLong(value.strip()))
                : null;
    }

    private static Instant within(Instant at, Instant now) {
        Instant earliest = now.plusSeconds(1);
        Instant latest = now.plus(LONGEST);
        return at.isBefore(earliest) ? earliest : at.isAfter(latest) ? latest : at;
    }
}
