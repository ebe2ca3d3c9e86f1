package dev.forgeway.report;

import dev.forgeway.config.Settings;
import dev.forgeway.error.DeferredException;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UnansweredException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.Check;
import dev.forgeway.forge.CheckRefusedException;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.Forges;
import dev.forgeway.forge.Refusals;
import dev.forgeway.forge.Subject;
import dev.forgeway.metrics.LogContext;
import dev.forgeway.metrics.ReportMetrics;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.Claim;
import dev.forgeway.store.OutboxEntry;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.Wanted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Brings a forge to the newest wanted state of one place. A place has one sender at a time, and what was wanted
 * meanwhile is sent once, in its newest form.
 */
@Component
public class Reporter {

    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

    private final OutboxStore outbox;
    private final Forges forges;
    private final CheckComments comments;
    private final Refusals withoutChecks;
    private final ReportMetrics metrics;
    private final Duration lease;
    private final Duration effectTimeout;
    private final Duration progressInterval;
    private final Clock clock;

    public Reporter(
            OutboxStore outbox,
            Forges forges,
            CheckComments comments,
            ReportMetrics metrics,
            Settings settings,
            Clock clock) {
        this.outbox = outbox;
        this.forges = forges;
        this.comments = comments;
        this.withoutChecks = new Refusals(clock);
        this.metrics = metrics;
        this.lease = settings.report().claimLease();
        this.effectTimeout = settings.service().effectTimeout();
        this.progressInterval = settings.report().progressInterval();
        this.clock = clock;
    }

    /**
     * Takes a place for sending.
     *
     * @throws TransientException while another sender has it, with the time at which it is free at the latest
     * @throws DeferredException while people should have the time to read what is shown
     */
    public ReportRun claim(String id) {
        Claim claim = outbox.claim(id, lease);
        if (claim.kind() == Claim.Kind.BUSY) {
            throw new TransientException(
                    "report " + id + " is being sent", Objects.requireNonNull(claim.busyUntil(), "busy until"));
        }
        OutboxEntry entry = claim.entry();
        if (entry != null) {
            deferProgress(entry);
            LogContext.put("delivery", entry.deliveryId());
            LogContext.put("job", entry.jobId());
        }
        StepLog.note(claim.kind() == Claim.Kind.CLAIMED ? "claimed" : "up-to-date", null);
        return new ReportRun(id, entry, clock.instant());
    }

    /** How far a check is changes often, and each step costs a call; its beginning and its end are shown at once. */
    private void deferProgress(OutboxEntry entry) {
        Check check = entry.check();
        Instant shownAt = entry.lastSentAt();
        if (check == null || check.state().isFinal() || shownAt == null) {
            return;
        }
        Instant next = shownAt.plus(progressInterval);
        if (next.isAfter(clock.instant())) {
            outbox.released(entry.id());
            throw new DeferredException("report " + entry.id() + " has only just changed", next);
        }
    }

    /**
     * Shows the newest state on the forge.
     *
     * @throws TransientException when it is to be tried again
     */
    public ReportRun deliver(ReportRun run) {
        OutboxEntry entry = run.entry();
        Forge forge = forges.named(entry.forge());
        try {
            run.delivered(
                    switch (entry.kind()) {
                        case CHECK -> check(forge, entry);
                        case COMMENT -> comment(forge, entry);
                        case REACTION -> reaction(forge, entry);
                    });
            StepLog.note("shown", entry.name());
        } catch (UnansweredException e) {
            if (isMade(entry)) {
                run.gotNoAnswer();
            }
            throw e;
        } catch (UserErrorException e) {
            LOG.warn("The forge refuses report {}: {}", entry.id(), e.getMessage());
            StepLog.note("refused", e.getMessage());
            outbox.failed(entry.id(), String.valueOf(e.getMessage()), true, StepLog.steps());
        }
        return run;
    }

    /** Whether it is not there yet; what is there already is changed, which twice is as good as once. */
    private static boolean isMade(OutboxEntry entry) {
        return switch (entry.kind()) {
            case CHECK -> entry.externalId() == null || CheckComments.isComment(entry.externalId());
            case COMMENT -> true;
            case REACTION -> false;
        };
    }

    private String check(Forge forge, OutboxEntry entry) {
        Optional<String> before = withoutChecks.of(entry.target());
        if (before.isPresent()) {
            return comments.tell(forge, entry, before.get());
        }
        try {
            return forge.putCheck(
                    entry.target(),
                    entry.place(),
                    entry.id(),
                    Objects.requireNonNull(entry.check()),
                    CheckComments.isComment(entry.externalId()) ? null : entry.externalId(),
                    entry.searchFirst());
        } catch (CheckRefusedException e) {
            if (e.isOfProject()) {
                withoutChecks.remember(entry.target(), e.getMessage());
            }
            return comments.tell(forge, entry, String.valueOf(e.getMessage()));
        }
    }

    private static String comment(Forge forge, OutboxEntry entry) {
        return forge.addComment(
                entry.target(),
                Subject.at(entry.place()),
                entry.id(),
                Objects.requireNonNull(entry.comment()),
                entry.searchFirst());
    }

    private static String reaction(Forge forge, OutboxEntry entry) {
        return forge.addReaction(
                entry.target(),
                Subject.at(entry.place()),
                Long.parseLong(entry.name()),
                Objects.requireNonNull(entry.comment()));
    }

    /** Remembers what was shown, and whether something newer is wanted by now. */
    public ReportRun confirm(ReportRun run) {
        String externalId = run.externalId();
        if (externalId == null) {
            StepLog.skip();
            return run;
        }
        OutboxEntry entry = run.entry();
        run.newerIsWanted(outbox.sent(entry.id(), entry.version(), externalId, StepLog.steps()));
        Instant now = clock.instant();
        if (entry.firstSentAt() == null && entry.kind() != Wanted.Kind.REACTION) {
            metrics.firstShown(entry.forge(), Duration.between(entry.generation(), now));
        }
        Check check = entry.check();
        if (check != null && check.state().isFinal()) {
            metrics.lastShown(entry.forge(), Duration.between(entry.generation(), now));
        }
        metrics.sent(entry.forge(), entry.kind().name(), Duration.between(run.startedAt(), now));
        return run;
    }

    /** Frees the place after a failure that will be repeated, or says until when nobody may have it. */
    public void attemptFailed(ReportRun run, String error) {
        if (run.isDue() && run.mayHaveMade()) {
            outbox.unanswered(run.id(), error, clock.instant().plus(effectTimeout), StepLog.steps());
        } else if (run.isDue()) {
            outbox.failed(run.id(), error, false, StepLog.steps());
        }
    }

    /** Frees the place of a report that was not sent, because it was not its turn. */
    public void nothingTried(ReportRun run) {
        if (run.isDue()) {
            outbox.released(run.id());
        }
    }

    /** The broker gave up on a report; it is a dead letter until something newer is wanted. */
    public void giveUp(String id) {
        if (outbox.giveUp(id, clock.instant())) {
            LOG.error("Gave up on report {}", id);
        }
    }
}
