package dev.forgeway.dispatch;

import dev.forgeway.event.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/** How many jobs of each namespace, project and pull request wait, by priority. Counted, never stored. */
final class Backlog {

    private static final int PRIORITIES = 10;

    private final Map<String, AtomicIntegerArray> byScope = new ConcurrentHashMap<>();

    /** The same counts, which go on for themselves. */
    Backlog copy() {
        Backlog copy = new Backlog();
        byScope.forEach((scope, counts) -> {
            AtomicIntegerArray same = new AtomicIntegerArray(PRIORITIES);
            for (int priority = 0; priority < PRIORITIES; priority++) {
                same.set(priority, counts.get(priority));
            }
            copy.byScope.put(scope, same);
        });
        return copy;
    }

    /** The namespace of a project key. */
    static String namespace(String projectKey) {
        return projectKey.substring(0, projectKey.lastIndexOf('/'));
    }

    /** What a job is counted for, the widest first: its namespace, its project, its pull request. */
    static List<String> scopes(@Nullable Project project, @Nullable Integer pullRequest) {
        return project == null ? List.of() : scopes(project.key(), pullRequest);
    }

    private static List<String> scopes(String projectKey, @Nullable Integer pullRequest) {
        List<String> scopes = new ArrayList<>(List.of(namespace(projectKey), projectKey));
        if (pullRequest != null) {
            scopes.add(projectKey + "#" + pullRequest);
        }
        return scopes;
    }

    /** More jobs wait, or fewer. */
    void add(String projectKey, @Nullable Integer pullRequest, int priority, int jobs) {
        for (String scope : scopes(projectKey, pullRequest)) {
            byScope.computeIfAbsent(scope, key -> new AtomicIntegerArray(PRIORITIES))
                    .addAndGet(priority, jobs);
        }
    }

    /** How many jobs of somebody wait at this priority or a higher one. */
    int waiting(String scope, int atLeast) {
        AtomicIntegerArray counts = byScope.get(scope);
        int sum = 0;
        for (int priority = Math.max(0, atLeast); counts != null && priority < PRIORITIES; priority++) {
            sum += counts.get(priority);
        }
        return sum;
    }
}
