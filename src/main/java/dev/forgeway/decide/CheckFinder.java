package dev.forgeway.decide;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.event.CheckReference;
import dev.forgeway.event.CheckRerunEvent;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.Handlers;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.OutboxEntry;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Finds the jobs behind the checks that somebody wants to run again. What a job needs is stored with it, so nothing is
 * looked up on the forge.
 */
@Component
public class CheckFinder {

    /** Stands for all checks of a commit. */
    private static final String ALL = "*";

    private final OutboxStore outbox;
    private final JobStore jobs;
    private final Handlers handlers;

    public CheckFinder(OutboxStore outbox, JobStore jobs, Handlers handlers) {
        this.outbox = outbox;
        this.jobs = jobs;
        this.handlers = handlers;
    }

    /** A check of another commit or project than the event's is none of ours, whatever id it claims to have. */
    public void find(Decision decision) {
        if (!decision.isOpen()) {
            StepLog.skip();
            return;
        }
        CheckRerunEvent event = (CheckRerunEvent) decision.event();
        Map<String, Rerun> found = new LinkedHashMap<>();
        for (OutboxEntry entry : entries(event)) {
            if (entry.jobId() != null) {
                jobs.load(entry.jobId()).ifPresent(job -> add(found, job, entry.name()));
            }
        }
        if (found.isEmpty()) {
            decision.stop(Outcome.IGNORED, Reason.UNKNOWN_CHECK, event.check().name() + " at " + event.commit());
            return;
        }
        decision.reruns(List.copyOf(found.values()));
        StepLog.note("found", String.join(", ", found.keySet()));
    }

    private List<OutboxEntry> entries(CheckRerunEvent event) {
        CheckReference check = event.check();
        String project = event.project().key();
        return outbox.checks(project, event.commit()).stream()
                .filter(entry -> check.name().equals(ALL) || entry.id().equals(check.externalId()))
                .toList();
    }

    private void add(Map<String, Rerun> found, Job job, String check) {
        for (String target : job.targets()) {
            if (check.equals(Checks.name(handlers.named(job.handler()).spec(), job, target))) {
                Rerun before = found.getOrDefault(job.id(), new Rerun(job, List.of()));
                List<String> targets = new ArrayList<>(before.targets());
                targets.add(target);
                found.put(job.id(), new Rerun(job, List.copyOf(targets)));
            }
        }
    }
}
