package dev.forgeway.dispatch;

import dev.forgeway.config.DispatchSettings;
import dev.forgeway.config.Settings;
import dev.forgeway.event.EventType;
import dev.forgeway.event.Project;
import dev.forgeway.metrics.StepLog;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** How urgent a job is, 0 to 9, and why. */
@Component
public class PriorityPolicy {

    private static final int HIGHEST = 9;

    private final DispatchSettings.Priority settings;

    public PriorityPolicy(Settings settings) {
        this.settings = settings.dispatch().priority();
    }

    /** Gives every job its priority; jobs that were decided on before keep theirs. */
    public void prioritise(Dispatchable decided) {
        if (decided.jobs().isEmpty() || !decided.jobs().get(0).priorityReasons().isEmpty()) {
            StepLog.skip();
            return;
        }
        decided.jobs(decided.jobs().stream().map(this::prioritised).toList());
        Job first = decided.jobs().get(0);
        StepLog.note(Integer.toString(first.priority()), String.join("; ", first.priorityReasons()));
    }

    private Job prioritised(Job job) {
        int priority = base(job.event().type());
        List<String> reasons = new ArrayList<>();
        reasons.add("base " + priority + " for " + job.event().type().wireName());
        Project project = job.event().project();
        if (project != null) {
            for (String key : List.of(project.namespaceKey(), project.key())) {
                Integer more = settings.overrides().get(key);
                if (more != null) {
                    priority += more;
                    reasons.add((more > 0 ? "+" : "") + more + " for " + key + " by configuration");
                }
            }
        }
        return job.prioritised(Math.max(0, Math.min(HIGHEST, priority)), reasons);
    }

    /** People who wait come first: for an answer to their command, for a result, for their pull request. */
    private int base(EventType type) {
        return switch (type) {
            case PULL_REQUEST_COMMENT, ISSUE_COMMENT, COMMIT_COMMENT, CHECK_RERUN -> settings.baseCommand();
            case COPR_BUILD, KOJI_TASK, KOJI_BUILD, KOJI_TAG, TESTING_FARM_RESULT, SCAN, LOG_ANALYSIS ->
                settings.baseResult();
            case PULL_REQUEST, PULL_REQUEST_FLAG, PIPELINE, INSTALLATION -> settings.basePullRequest();
            case PUSH, RELEASE, NEW_UPSTREAM_VERSION -> settings.baseOther();
        };
    }
}
