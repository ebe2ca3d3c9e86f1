package dev.forgeway.decide;

import dev.forgeway.config.DispatchSettings;
import dev.forgeway.config.EventSelection;
import dev.forgeway.config.HandleSettings;
import dev.forgeway.config.Settings;
import dev.forgeway.config.WantedEvents;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Event;
import dev.forgeway.event.Project;
import dev.forgeway.metrics.StepLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Adds a job for everybody in the configuration who wants the event, whatever was decided about it: it is stored and
 * sent with the others, and what was decided stays as it is. Most events are wanted by nobody, and cost no more than
 * the comparison.
 */
@Component
public class Subscriptions {

    private final List<Subscriber> subscribers;
    private final DispatchSettings.Priority priority;
    private final ForgeQuestions forge;

    private record Subscriber(String handler, String name, WantedEvents wanted, boolean includePrivate) {}

    public Subscriptions(Settings settings, ForgeQuestions forge) {
        this.subscribers = subscribers(settings.handle());
        this.priority = settings.dispatch().priority();
        this.forge = forge;
    }

    private static List<Subscriber> subscribers(HandleSettings settings) {
        List<Subscriber> all = new ArrayList<>();
        settings.publish().subscriptions().forEach((name, to) -> all.add(subscriber("publish", name, to)));
        settings.forward().subscriptions().forEach((name, to) -> all.add(subscriber("forward", name, to)));
        settings.own().handlers().forEach((name, to) -> all.add(subscriber(name, name, to)));
        return List.copyOf(all);
    }

    private static Subscriber subscriber(String handler, String name, EventSelection selection) {
        return new Subscriber(handler, name, new WantedEvents(selection), selection.includePrivate());
    }

    /** Adds the jobs; nothing for a copy, and for what is no event. */
    public void subscribe(Decision decision) {
        Event event = decision.isStored() ? null : decision.eventIfParsed();
        if (event == null || subscribers.isEmpty()) {
            StepLog.skip();
            return;
        }
        Project project = project(decision, event);
        List<Job> jobs = new ArrayList<>();
        for (Subscriber subscriber : subscribers) {
            if (subscriber.wanted().include(event, project)
                    && (subscriber.includePrivate() || isPublic(decision, project))) {
                jobs.add(job(decision, event, subscriber));
            }
        }
        if (jobs.isEmpty()) {
            StepLog.skip();
            return;
        }
        StepLog.note(
                jobs.size() == 1 ? "1 job" : jobs.size() + " jobs",
                String.join(", ", jobs.stream().map(Subscriptions::shown).toList()));
        jobs.addAll(0, decision.jobs());
        decision.jobs(List.copyOf(jobs));
    }

    private static String shown(Job job) {
        String name = job.subscription();
        return job.handler().equals(name) ? job.handler() : job.handler() + " to " + name;
    }

    /** What a build system tells is about the project of the job that asked for the build. */
    private static @Nullable Project project(Decision decision, Event event) {
        Job subject = decision.subjectIfFound();
        return subject == null ? event.project() : subject.event().project();
    }

    /**
     * What a bus tells without a word about it, it tells everybody. Where else the event does not say it, the forge is
     * asked; what cannot be found out counts as private.
     */
    private boolean isPublic(Decision decision, @Nullable Project project) {
        if (project == null) {
            return true;
        }
        if (project.visibility() != null) {
            return !project.visibility().equals("private");
        }
        if (decision.delivery().isFromBus()) {
            return true;
        }
        try {
            return forge.knows(decision) && !forge.isPrivate(decision);
        } catch (UserErrorException e) {
            return false; // the forge does not let us ask
        }
    }

    private Job job(Decision decision, Event event, Subscriber subscriber) {
        String deliveryId = decision.delivery().id();
        Integer ofHandler = priority.handlers().get(subscriber.handler());
        int urgency = ofHandler == null ? priority.base(event.type()) : ofHandler;
        return new Job(
                Job.idOf(deliveryId, subscriber.handler() + "/" + subscriber.name()),
                deliveryId,
                decision.delivery().receivedAt(),
                subscriber.handler(),
                event.type().wireName(),
                null,
                List.of(),
                Map.of(
                        Job.SUBSCRIPTION,
                        subscriber.name(),
                        Job.EVENT_ID,
                        eventId(decision),
                        "source",
                        decision.delivery().source()),
                urgency,
                List.of("base " + urgency + " for "
                        + (ofHandler == null ? event.type().wireName() : subscriber.handler())),
                Job.State.QUEUED,
                0,
                false,
                null,
                event);
    }

    /** Equal for copies of one delivery, so that receivers can drop what comes twice. */
    private static String eventId(Decision decision) {
        return UUID.nameUUIDFromBytes(decision.delivery().dedupKey().getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
