package dev.forgeway.dispatch;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A workload that a test made up. */
final class FixedWorkload implements Workload {

    private final List<Waiting> waiting = new ArrayList<>();
    private final Map<String, Activity> activities = new HashMap<>();
    final Map<String, Integer> added = new HashMap<>();
    int looks;

    FixedWorkload waits(String project, @Nullable Integer pullRequest, int priority, int jobs) {
        waiting.add(new Waiting(project, pullRequest, priority, jobs));
        return this;
    }

    FixedWorkload wasActive(String namespace, int day, int week, int month) {
        activities.put(namespace, new Activity(day, week, month));
        return this;
    }

    @Override
    public List<Waiting> waiting() {
        looks++;
        return waiting;
    }

    @Override
    public Activity activity(String namespace, LocalDate today) {
        looks++;
        return activities.getOrDefault(namespace, new Activity(0, 0, 0));
    }

    @Override
    public void addActivity(Map<String, Integer> jobsByNamespace, LocalDate day) {
        jobsByNamespace.forEach((namespace, jobs) -> added.merge(namespace, jobs, Integer::sum));
    }
}
