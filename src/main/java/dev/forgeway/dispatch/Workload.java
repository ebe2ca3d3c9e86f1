package dev.forgeway.dispatch;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much work there is of whom, in all processes: what waits now, and what was asked for in the last days. */
public interface Workload {

    /**
     * Jobs that wait and are alike.
     *
     * @param project a project key ({@code host/namespace/name})
     */
    record Waiting(String project, @Nullable Integer pullRequest, int priority, int jobs) {}

    /** How many jobs a namespace asked for today and yesterday, in 7 days, and in 30 days. */
    record Activity(int day, int week, int month) {}

    /** What waits for a handler now, of projects that are known; a very long backlog is counted in part. */
    List<Waiting> waiting();

    /** How active a namespace ({@code host/namespace}) was, as of this day (UTC). */
    Activity activity(String namespace, LocalDate today);

    /** Counts jobs of a day. */
    void addActivity(Map<String, Integer> jobsByNamespace, LocalDate day);
}
