package dev.forgeway.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An installation of the GitHub App.
 *
 * @param account the namespace that it was installed on ({@code host/account})
 * @param installedBy the account that installed it; null when that was not told to us
 * @param repositories the keys of its projects, sorted
 * @param installedAt when we learned of it
 * @param deliveryId the delivery that told the last change
 */
public record KnownInstallation(
        long id,
        String account,
        @Nullable String installedBy,
        State state,
        List<String> repositories,
        Instant installedAt,
        Instant changedAt,
        String deliveryId) {

    /** The states; what was removed never comes back, because a new installation has a new id. */
    public enum State {
        ACTIVE,
        SUSPENDED,
        REMOVED;

        /** The name in the API. */
        public String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
