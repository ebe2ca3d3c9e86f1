package dev.forgeway.ingest;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request of a forge, before anything in it is believed.
 *
 * @param headers by lower-case name
 * @param body the raw bytes, never empty
 */
@SuppressWarnings("ArrayRecordComponent")
public record WebhookRequest(Map<String, String> headers, byte[] body) {

    /** The value of a header, whatever the case of its name. */
    public @Nullable String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }

    public boolean isForm() {
        String type = headers.get("content-type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }

    /** The first of several headers that is there, be it empty. */
    public @Nullable String firstHeader(List<String> lowerCaseNames) {
        return lowerCaseNames.stream()
                .map(headers::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The same request with another body. */
    WebhookRequest withBody(byte[] other) {
        return new WebhookRequest(headers, other);
    }
}
