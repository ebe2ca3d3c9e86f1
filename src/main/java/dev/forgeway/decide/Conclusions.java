package dev.forgeway.decide;

import dev.forgeway.config.Settings;
import dev.forgeway.decide.filter.SupersededFilter;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.error.RejectedException;
import dev.forgeway.event.Event;
import dev.forgeway.event.Project;
import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.Handlers;
import dev.forgeway.metrics.DecideMetrics;
import dev.forgeway.metrics.LogContext;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.Conclusion;
import dev.forgeway.store.DeliveryStore;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.Outcome;
import dev.forgeway.store.Wanted;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Stores what was decided about a delivery, in one transaction, before any message of it is sent. */
@Component
public class Conclusions {

    private static final Logger LOG = LoggerFactory.getLogger(Conclusions.class);

    private static final String WAITING_FOR_BUILD = "Waiting for RPMs to be built...";

    private final DeliveryStore deliveries;
    private final OutboxStore outbox;
    private final Handlers handlers;
    private final Feedback feedback;
    private final DecideMetrics metrics;
    private final @Nullable URI publicUrl;

    public Conclusions(
            DeliveryStore deliveries,
            OutboxStore outbox,
            Handlers handlers,
            Feedback feedback,
            DecideMetrics metrics,
            Settings settings) {
        this.publicUrl = settings.publicUrl();
        this.deliveries = deliveries;
        this.outbox = outbox;
        this.handlers = handlers;
        this.feedback = feedback;
        this.metrics = metrics;
    }

    /** Stores the decision; every check of its jobs is shown as accepted at once, and so is what people see of it. */
    public void store(Decision decision) {
        if (decision.isStored()) {
            StepLog.skip();
            return;
        }
        List<Wanted> reports = reports(decision);
        Optional<String> newer = deliveries.conclude(conclusion(decision, reports));
        if (newer.isPresent()) {
            overtake(decision, newer.get());
            reports = List.of();
            deliveries.conclude(conclusion(decision, reports));
        }
        String id = decision.delivery().id();
        decision.stored(reports.isEmpty() ? List.of() : outbox.unsent(id));
        Outcome outcome = outcome(decision);
        count(decision.eventIfParsed(), outcome, decision.reason());
        LogContext.put("project", project(decision));
        LOG.info("{}{}", outcome.wireName(), because(decision));
    }

    private List<Wanted> reports(Decision decision) {
        String url = storyUrl(decision.delivery().id());
        List<Wanted> reports = new ArrayList<>();
        for (Job job : decision.jobs()) {
            HandlerSpec spec = handlers.named(job.handler()).spec();
            String title = job.state() == Job.State.BLOCKED ? WAITING_FOR_BUILD : "The task was accepted.";
            reports.addAll(Checks.all(spec, job, CheckState.PENDING, title, url));
        }
        reports.addAll(feedback.of(decision, url));
        ConfigCheck.of(decision, url).ifPresent(reports::add);
        return reports;
    }

    private static Conclusion conclusion(Decision decision, List<Wanted> reports) {
        return new Conclusion(
                decision.delivery().id(),
                outcome(decision),
                decision.reason(),
                decision.detail(),
                decision.eventIfParsed(),
                project(decision),
                StepLog.steps(),
                decision.jobs(),
                reports,
                decision.sighting());
    }

    /** The head moved on while this delivery was decided: only what others want to know of it is left. */
    private void overtake(Decision decision, String head) {
        decision.stop(Outcome.IGNORED, Reason.SUPERSEDED, SupersededFilter.detail(head));
        decision.jobs(decision.jobs().stream()
                .filter(job -> !handlers.named(job.handler()).spec().needsConfig())
                .toList());
    }

    private static Outcome outcome(Decision decision) {
        return Objects.requireNonNull(decision.outcome(), "nothing was decided");
    }

    /** Keeps an authentic delivery that cannot be used, for a person to look at. */
    public void park(Decision decision, Exception why) {
        Reason reason = why instanceof RejectedException rejected ? rejected.reason() : Reason.DEFECT;
        LogContext.put("project", project(decision));
        if (reason == Reason.DEFECT) {
            LOG.error("Delivery {} met a defect", decision.delivery().id(), why);
        } else {
            LOG.info("parked, {}", reason.wireName());
        }
        String detail = reason == Reason.DEFECT ? why.toString() : why.getMessage();
        deliveries.failed(decision.delivery().id(), why, decision.eventIfParsed());
        deliveries.park(decision.delivery().id(), reason, String.valueOf(detail), StepLog.steps());
        count(decision.eventIfParsed(), Outcome.PARKED, reason);
    }

    /** Keeps what went wrong with a delivery that will be tried again. */
    public void attemptFailed(Decision decision, Exception why) {
        deliveries.failed(decision.delivery().id(), why, decision.eventIfParsed());
        deliveries.attemptFailed(decision.delivery().id(), String.valueOf(why.getMessage()), StepLog.steps());
    }

    /** The broker gave up on a delivery; the error of its last attempt stays. */
    public void giveUp(String deliveryId) {
        deliveries.park(deliveryId, Reason.ATTEMPTS_EXHAUSTED, null, List.of());
        count(null, Outcome.PARKED, Reason.ATTEMPTS_EXHAUSTED);
    }

    private void count(@Nullable Event event, Outcome outcome, @Nullable Reason reason) {
        metrics.decided(event == null ? null : event.type(), outcome.wireName(), reasonName(reason));
    }

    /** Until something better is known, the details link leads to the story of the delivery. */
    private @Nullable String storyUrl(String deliveryId) {
        return publicUrl == null
                ? null
                : publicUrl.resolve("/deliveries/" + deliveryId).toString();
    }

    private static String because(Decision decision) {
        String reason = reasonName(decision.reason());
        int wanted = decision.jobs().size();
        String jobs = wanted == 0 ? "" : wanted == 1 ? ", 1 job" : ", " + wanted + " jobs";
        return (reason.isEmpty() ? "" : ", " + reason)
                + jobs
                + (decision.detail() == null ? "" : ": " + decision.detail());
    }

    private static String reasonName(@Nullable Reason reason) {
        return reason == null ? "" : reason.wireName();
    }

    /** What a build system tells belongs to the project of the job that asked for the build. */
    private static @Nullable String project(Decision decision) {
        Job subject = decision.subjectIfFound();
        Event event = subject == null ? decision.eventIfParsed() : subject.event();
        Project project = event == null ? null : event.project();
        return project == null ? null : project.key();
    }
}
