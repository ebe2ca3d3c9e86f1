package dev.forgeway.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The issue in which an account is asked who it is.
 *
 * @param account {@code host/account}
 * @param asked the account that installed the App, whose answer counts; null when nobody knows who it was
 * @param project the key of the project with the issue
 * @param number null until it is open
 */
public record ApprovalIssue(
        String account,
        @Nullable String asked,
        String project,
        @Nullable Integer number) {

    /** Where it is; empty until it is open. */
    public Optional<String> url() {
        return Optional.ofNullable(number).map(known -> "https://" + project + "/issues/" + known);
    }
}
