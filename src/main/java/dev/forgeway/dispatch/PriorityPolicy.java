package dev.forgeway.dispatch;

import dev.forgeway.config.DispatchSettings;
import dev.forgeway.config.Settings;
import dev.forgeway.dispatch.Workload.Activity;
import dev.forgeway.event.Project;
import dev.forgeway.metrics.StepLog;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * How urgent a job is, 0 to 9, and why: a base by handler or trigger, a bonus for active namespaces, what is configured
 * for the namespace and the project, and a deduction for those who have many jobs waiting (docs/priorities.md).
 */
@Component
public class PriorityPolicy {

    private static final int HIGHEST = 9;

    private final DispatchSettings.Priority settings;
    private final FairShare fairShare;
    private final WaitingJobs waiting;
    private final ActiveNamespaces active;

    public PriorityPolicy(Settings settings, WaitingJobs waiting, ActiveNamespaces active) {
        this.settings = settings.dispatch().priority();
        this.fairShare = new FairShare(this.settings.fairShare());
        this.waiting = waiting;
        this.active = active;
    }

    /** Gives every job its priority; jobs that were decided on before keep theirs. */
    public void prioritise(Dispatchable decided) {
        List<Job> jobs = decided.jobs();
        if (jobs.stream().noneMatch(PriorityPolicy::isUndecided)) {
            StepLog.skip();
            return;
        }
        prioritise(decided, waiting.backlog());
        jobs.stream().filter(PriorityPolicy::isUndecided).forEach(this::count);
    }

    /** Gives every job the priority that it would have now; nothing is counted. */
    public void preview(Dispatchable decided) {
        if (decided.jobs().isEmpty()) {
            StepLog.skip();
            return;
        }
        prioritise(decided, waiting.backlog().copy());
    }

    private void prioritise(Dispatchable decided, Backlog backlog) {
        decided.jobs(decided.jobs().stream()
                .map(job -> isUndecided(job) ? prioritised(job, backlog) : job)
                .toList());
        Job first = decided.jobs().get(0);
        StepLog.note(Integer.toString(first.priority()), String.join("; ", first.priorityReasons()));
    }

    private static boolean isUndecided(Job job) {
        return job.priorityReasons().isEmpty();
    }

    private Job prioritised(Job job, Backlog backlog) {
        List<String> reasons = new ArrayList<>();
        int priority = base(job, reasons);
        Project project = job.event().project();
        if (project != null) {
            priority += bonus(project, backlog, reasons) + configured(project, reasons);
        }
        priority = Math.max(0, Math.min(HIGHEST, priority));
        FairShare.Deduction less = fairShare.of(backlog, Backlog.scopes(project, job.pullRequest()), priority);
        if (less.points() > 0) {
            priority -= less.points();
            reasons.add("-" + less.points() + ": " + less.waiting() + " jobs of " + less.scope() + " already waiting");
        }
        if (project != null && job.state() == Job.State.QUEUED) {
            backlog.add(project.key(), job.pullRequest(), priority, 1);
        }
        return job.prioritised(priority, reasons);
    }

    private void count(Job job) {
        Project project = job.event().project();
        if (project != null) {
            active.count(project.namespaceKey(), 1);
        }
    }

    private int base(Job job, List<String> reasons) {
        Integer ofHandler = settings.handlers().get(job.handler());
        int base = ofHandler == null ? settings.base(job.event().type()) : ofHandler;
        reasons.add("base " + base + " for "
                + (ofHandler == null ? job.event().type().wireName() : job.handler()));
        return base;
    }

    /** A bonus is for people, not for a storm: nobody has it who has many jobs waiting. */
    private int bonus(Project project, Backlog backlog, List<String> reasons) {
        int quota = settings.fairShare().perNamespace();
        if (quota > 0 && backlog.waiting(project.namespaceKey(), 0) >= quota) {
            return 0;
        }
        Activity jobs = active.activity(project.namespaceKey());
        if (jobs.day() > 0) {
            return bonus(settings.active().day(), jobs.day(), "since yesterday", reasons);
        }
        return jobs.week() > 0
                ? bonus(settings.active().week(), jobs.week(), "in 7 days", reasons)
                : bonus(jobs.month() > 0 ? settings.active().month() : 0, jobs.month(), "in 30 days", reasons);
    }

    private static int bonus(int points, int jobs, String when, List<String> reasons) {
        if (points > 0) {
            reasons.add("+" + points + " active: " + jobs + (jobs == 1 ? " job " : " jobs ") + when);
        }
        return points;
    }

    private int configured(Project project, List<String> reasons) {
        int sum = 0;
        for (String key : List.of(project.namespaceKey(), project.key())) {
            Integer more = settings.overrides().get(key);
            if (more != null) {
                sum += more;
                reasons.add((more > 0 ? "+" : "") + more + " for " + key + " by configuration");
            }
        }
        return sum;
    }
}
