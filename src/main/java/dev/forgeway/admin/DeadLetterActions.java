package dev.forgeway.admin;

import dev.forgeway.dispatch.Job;
import dev.forgeway.handle.Handlers;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.store.AdminAction;
import dev.forgeway.store.DeadLetter;
import dev.forgeway.store.DeadLetterStore;
import dev.forgeway.store.DeliveryStore;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.OutboxStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What can be done about dead letters, with a record of who did it. A redriven delivery comes again as a copy with an id of
 * its own, as if its sender had sent it again, so that what another copy achieved meanwhile is not done twice. What somebody
 * was to be told by configuration is no reason for that: its job alone begins once more. A status is shown once more, as it
 * is wanted now.
 */
@Component
class DeadLetterActions {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterActions.class);

    private final DeadLetterStore letters;
    private final DeliveryStore deliveries;
    private final JobStore jobs;
    private final OutboxStore outbox;
    private final Redelivery redelivery;
    private final Handlers handlers;

    DeadLetterActions(
            DeadLetterStore letters,
            DeliveryStore deliveries,
            JobStore jobs,
            OutboxStore outbox,
            Redelivery redelivery,
            Handlers handlers) {
        this.letters = letters;
        this.deliveries = deliveries;
        this.jobs = jobs;
        this.outbox = outbox;
        this.redelivery = redelivery;
        this.handlers = handlers;
    }

    /** Who does something, as they say, and why. */
    record Doer(String by, @Nullable String note) {}

    /**
     * Lets them come again, and says what came of each; those stay whose body is not kept any more, and those that would begin
     * alone with a handler that there is no longer.
     *
     * @param successors what came of the deliveries that came again by the same order; grows
     */
    List<AdminAction> redrive(List<DeadLetter> chosen, Map<String, String> successors, Doer doer) {
        Done done = new Done("redrive", doer);
        try {
            chosen.forEach(letter -> redrive(letter, successors, done));
        } finally {
            // also what was sent before the broker took nothing more
            done.keep();
        }
        return done.actions;
    }

    private void redrive(DeadLetter letter, Map<String, String> successors, Done done) {
        if (letter.kind().equals(DeadLetter.STATUS)) {
            showAgain(letter).ifPresent(report -> done.add(letter, report, null));
            return;
        }
        Optional<Job> alone = jobs.load(letter.id()).filter(job -> job.subscription() != null);
        if (alone.isPresent()) {
            if (handlers.has(alone.get().handler())) {
                redelivery.send(alone.get());
                done.add(letter, letter.id(), null);
            }
            return;
        }
        String successor = successors.computeIfAbsent(
                letter.deliveryId(),
                id -> deliveries.load(id).map(this::sendAgain).orElse(null));
        if (successor != null) {
            done.add(letter, letter.id(), successor);
            // all jobs of a delivery come again with it, whichever was meant
            letters.jobsOf(letter.deliveryId()).forEach(job -> done.add(job, job.id(), successor));
        }
    }

    private String sendAgain(Delivery stored) {
        Delivery again = stored.again(Instant.now());
        redelivery.send(again);
        return again.id();
    }

    /** The report that is woken; empty where something newer is on its way. */
    private Optional<String> showAgain(DeadLetter letter) {
        Optional<String> report = outbox.wantAgain(letter.id()) ? outbox.ofDeadLetter(letter.id()) : Optional.empty();
        report.ifPresent(redelivery::wakeReport);
        return report;
    }

    /** Takes them off the list. */
    List<AdminAction> discard(List<DeadLetter> chosen, Doer doer) {
        Done done = new Done("discard", doer);
        chosen.forEach(letter -> done.add(letter, message(letter), null));
        done.keep();
        return done.actions;
    }

    /** What the message says that the broker kept of it. */
    private String message(DeadLetter letter) {
        return letter.kind().equals(DeadLetter.STATUS)
                ? outbox.ofDeadLetter(letter.id()).orElse(letter.id())
                : letter.id();
    }

    /** Lets a delivery come again whatever became of it: as a new one, which is no copy of any. */
    AdminAction replay(Delivery stored, Doer doer) {
        Delivery again = stored.anew(Instant.now());
        redelivery.send(again);
        Done done = new Done("replay", doer);
        done.add(stored.id(), stored.id(), again.id());
        done.keep();
        return done.actions.get(0);
    }

    /**
     * What was done by one order. It is recorded after it was done: what a crash leaves unrecorded is still on the list, and a
     * second copy is a copy.
     */
    private final class Done {

        private final String what;
        private final Doer doer;
        private final Instant begun = Instant.now();
        private final Set<String> subjects = new HashSet<>();
        private final Set<String> messages = new HashSet<>();
        private final List<AdminAction> actions = new ArrayList<>();

        Done(String what, Doer doer) {
            this.what = what;
            this.doer = doer;
        }

        /** @param message what the message says that the broker kept of it */
        void add(DeadLetter letter, String message, @Nullable String successor) {
            add(letter.id(), message, successor);
        }

        /**
         * Once, at a time of its own, by which the list of actions is paged through; and before it was done, so that what is given
         * up again is newer.
         */
        private void add(String subject, String message, @Nullable String successor) {
            if (!subjects.add(subject)) {
                return;
            }
            Instant at = begun.plus(actions.size(), ChronoUnit.MICROS);
            messages.add(message);
            actions.add(new AdminAction(what, subject, successor, doer.by(), doer.note(), at));
        }

        /**
         * That the broker does not give the messages away is no failure of what was done: whoever was told so would do it again.
         */
        void keep() {
            try {
                if (!messages.isEmpty()) {
                    redelivery.removeDead(messages);
                }
            } catch (RuntimeException e) {
                LOG.warn("The broker keeps what was dead of {} until it is old: {}", messages, e.getMessage());
            }
            actions.forEach(letters::record);
        }
    }
}
