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
 * Reads from an answer when the service will answer again: {@code Retry-After} (RFC 9110, 10.2.3) and GitHub's {@code
 * x-ratelimit-*} (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api).
 */
public final class RateLimit {

    /** GitHub's rule for a limit that names no time: wait at least one minute. */
    private static final Duration WITHOUT_A_WORD = Duration.ofMinutes(1);

    private static final Duration LONGEST = Duration.ofDays(1);

    private RateLimit() {}

    /** The moment that the headers name, never in the past and at most a day away; in a minute when they name none. */
    public static Instant retryAt(HttpHeaders headers, Instant now) {
        return named(headers, now).orElseGet(() -> now.plus(WITHOUT_A_WORD));
    }

    static Optional<Instant> named(HttpHeaders headers, Instant now) {
        Instant at = retryAfter(headers.getFirst(HttpHeaders.RETRY_AFTER), now);
        if (at == null && "0".equals(headers.getFirst("x-ratelimit-remaining"))) {
            at = reset(headers.getFirst("x-ratelimit-reset"));
        }
        return Optional.ofNullable(at).map(t -> within(t, now));
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
