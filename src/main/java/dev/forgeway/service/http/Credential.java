package dev.forgeway.service.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a call shows to the service, for the length of one {@link ServiceHttp#call}. */
public interface Credential {

    /** The value of the Authorization header, or null for none. Asked for before every attempt. */
    @Nullable
    String header();

    /** Further headers that are secret, for services that take more than one. Asked for before every attempt. */
    default Map<String, String> secretHeaders() {
        return Map.of();
    }

    /** After a 401: forgets what was refused, and says whether the next {@link #header} can be a better one. */
    default boolean renew() {
        return false;
    }

    /** The settings that an operator should look at when the service refuses the credential. */
    String settings();

    /** Whose rate budget a call counts against; calls with the same word share one. No secret. */
    default String budget() {
        return settings();
    }

    /** The text without this credential, for services that echo what they were sent. */
    default String hide(String text) {
        String header = header();
        if (header == null) {
            return text;
        }
        String secret = header.substring(header.indexOf(' ') + 1);
        return secret.isEmpty() ? text : text.replace(secret, "***");
    }

    /** The path of a call in messages; another text where the path itself is what lets a caller in. */
    default String shownPath(String path) {
        return path;
    }
}
