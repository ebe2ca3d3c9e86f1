package dev.forgeway.service.http;

import java.util.Locale;

/** How an outbound call ended; the closed set behind the {@code result} tag. */
enum CallResult {
    OK,
    CLIENT_ERROR,
    RATE_LIMITED,
    UNAUTHORIZED,
    SERVER_ERROR,
    TIMEOUT,
    UNREACHABLE,
    NOT_JSON;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
