package dev.forgeway.admin;

import dev.forgeway.store.ApprovalIssue;
import dev.forgeway.store.KnownInstallation;
import dev.forgeway.store.Retirement;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An installation of the GitHub App as the API tells it.
 *
 * @param state "active", "suspended" or "removed"
 * @param repositories how many; their names may be nobody's business
 * @param retirement null for one that is used
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
        @Nullable String approvalIssue,
        @Nullable Ending retirement) {

    /** What is done about one that leads to nothing. */
    public record Ending(
            long events,
            Instant foundAt,
            @Nullable Instant warnedAt,
            @Nullable Instant doneAt,
            @Nullable String action,
            @Nullable String detail) {}

    static final String ACTIVE = "active";

    static InstallationView of(
            KnownInstallation installation, Optional<ApprovalIssue> issue, Optional<Retirement> retirement) {
        return new InstallationView(
                installation.id(),
                installation.account(),
                installation.installedBy(),
                installation.state().wireName(),
                installation.repositories().size(),
                installation.installedAt(),
                installation.changedAt(),
                issue.flatMap(ApprovalIssue::url).orElse(null),
                retirement
                        .map(ending -> new Ending(
                                ending.events(),
                                ending.foundAt(),
                                ending.warnedAt(),
                                ending.doneAt(),
                                ending.action(),
                                ending.detail()))
                        .orElse(null));
    }
}
