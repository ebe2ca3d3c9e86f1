package dev.forgeway.admin;

import dev.forgeway.store.ApprovalIssue;
import dev.forgeway.store.KnownInstallation;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An installation of the GitHub App as the API tells it.
 *
 * @param state "active", "suspended" or "removed"
 * @param repositories how many; their names may be nobody's business
 * @param approvalIssue the page of the issue in which the account was asked who it is
 */
public record InstallationView(
        long id,
        String account,
        @Nullable String installedBy,
        String state,
        int repositories,
        Instant installedAt,
        Instant changedAt,
        @Nullable String approvalIssue) {

    static InstallationView of(KnownInstallation installation, Optional<ApprovalIssue> issue) {
        return new InstallationView(
                installation.id(),
                installation.account(),
                installation.installedBy(),
                installation.state().wireName(),
                installation.repositories().size(),
                installation.installedAt(),
                installation.changedAt(),
                issue.filter(opened -> opened.number() != null)
                        .map(opened -> "https://" + opened.project() + "/issues/" + opened.number())
                        .orElse(null));
    }
}
