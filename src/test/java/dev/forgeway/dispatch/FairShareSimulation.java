package dev.forgeway.dispatch;

import dev.forgeway.config.DispatchSettings;
import dev.forgeway.event.Project;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Three namespaces ask for very different numbers of jobs, and together for more than can be done: what does each get?
 * Simulated in steps of 10 ms, with the real {@link FairShare} and a broker that delivers strictly by priority, to eight
 * consumers and one for lower priorities. The backlog is seen once a second, as {@link WaitingJobs} does.
 */
final class FairShareSimulation {

    /** Somebody who asks for this many jobs a second. */
    record Namespace(String name, int perSecond) {}

    static final List<Namespace> NAMESPACES =
            List.of(new Namespace("large", 100), new Namespace("medium", 20), new Namespace("small", 10));

    static final int SECONDS = 120;
    static final int PER_SECOND = 30;

    private static final int STEPS = 100;
    private static final int CONSUMERS = 9;
    private static final int JOB_STEPS = STEPS * CONSUMERS / PER_SECOND;
    private static final int BASE = 5;
    private static final int PRIORITIES = 10;
    private static final int[] BELOW = {1, 4, 7};

    private final FairShare fairShare;
    private final List<Deque<Waiting>> queue = new ArrayList<>();
    private final int[] freeAt = new int[CONSUMERS];
    private final int[][] served = new int[NAMESPACES.size()][SECONDS];
    private Backlog seen = new Backlog();
    private int turn;

    private record Waiting(int namespace, int priority) {}

    FairShareSimulation(DispatchSettings.FairShare settings) {
        this.fairShare = new FairShare(settings);
        for (int priority = 0; priority < PRIORITIES; priority++) {
            queue.add(new ArrayDeque<>());
        }
    }

    /** How many jobs of each namespace were begun in each second. */
    int[][] run() {
        for (int step = 0; step < SECONDS * STEPS; step++) {
            if (step % STEPS == 0) {
                look();
            }
            for (int i = 0; i < NAMESPACES.size(); i++) {
                arrive(i, step);
            }
            for (int consumer = 0; consumer < CONSUMERS; consumer++) {
                work(consumer, step);
            }
        }
        return served;
    }

    private void look() {
        seen = new Backlog();
        queue.forEach(level ->
                level.forEach(job -> seen.add(project(job.namespace()).key(), null, job.priority(), 1)));
    }

    private void arrive(int namespace, int step) {
        int perSecond = NAMESPACES.get(namespace).perSecond();
        int jobs = (step + 1) * perSecond / STEPS - step * perSecond / STEPS;
        for (int i = 0; i < jobs; i++) {
            Project project = project(namespace);
            int priority = BASE
                    - fairShare.of(seen, Backlog.scopes(project, null), BASE).points();
            seen.add(project.key(), null, priority, 1);
            queue.get(priority).add(new Waiting(namespace, priority));
        }
    }

    private void work(int consumer, int step) {
        if (freeAt[consumer] > step) {
            return;
        }
        Waiting job = consumer == 0 ? lower() : mostUrgentBelow(PRIORITIES);
        if (job != null) {
            served[job.namespace()][step / STEPS]++;
            freeAt[consumer] = step + JOB_STEPS;
        }
    }

    private @Nullable Waiting lower() {
        for (int tried = 0; tried < BELOW.length; tried++) {
            Waiting job = mostUrgentBelow(BELOW[turn++ % BELOW.length]);
            if (job != null) {
                return job;
            }
        }
        return null;
    }

    private @Nullable Waiting mostUrgentBelow(int limit) {
        for (int priority = limit - 1; priority >= 0; priority--) {
            Waiting job = queue.get(priority).poll();
            if (job != null) {
                return job;
            }
        }
        return null;
    }

    private static Project project(int namespace) {
        String name = NAMESPACES.get(namespace).name();
        return new Project("example.org", name, "project", "https://example.org/" + name + "/project", null);
    }

    /** Jain's index of what the namespaces got from a second on: 1 when equal, 1/n when one has all. */
    static double jain(int[][] served, int fromSecond) {
        double[] shares = Arrays.stream(served)
                .mapToDouble(
                        perSecond -> Arrays.stream(perSecond).skip(fromSecond).sum())
                .toArray();
        double sum = Arrays.stream(shares).sum();
        double squares = Arrays.stream(shares).map(share -> share * share).sum();
        return sum * sum / (shares.length * squares);
    }
}
