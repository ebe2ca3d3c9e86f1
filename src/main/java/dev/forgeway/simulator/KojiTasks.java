package dev.forgeway.simulator;

import dev.forgeway.simulator.KojiSimulator.Task;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The build tasks of a simulated Koji, and the builds that they made. */
final class KojiTasks {

    static final String BUILD = "build";

    /** The states in the order of their numbers. */
    static final List<String> STATES = List.of("FREE", "OPEN", "CLOSED", "CANCELED", "ASSIGNED", "FAILED");

    private static final long FIRST_TASK = 100_000_001;

    private final Map<Long, Task> tasks = new LinkedHashMap<>();

    /** All tasks, oldest first. */
    synchronized List<Task> all() {
        return List.copyOf(tasks.values());
    }

    synchronized Task get(long id) {
        return Optional.ofNullable(tasks.get(id)).orElseThrow();
    }

    synchronized void put(Task task) {
        tasks.put(task.id(), task);
    }

    synchronized Task add(String source, String target, boolean scratch, long owner) {
        long id = FIRST_TASK + tasks.size();
        Task task = new Task(id, source, target, scratch, "FREE", owner, Instant.now());
        tasks.put(id, task);
        return task;
    }

    synchronized @Nullable Map<String, @Nullable Object> info(long id) {
        Task task = tasks.get(id);
        return task == null ? null : json(task);
    }

    /** A build is named after its package and task. */
    synchronized List<Map<String, @Nullable Object>> buildsOf(long task) {
        Task made = tasks.get(task);
        if (made == null || made.scratch() || !made.state().equals("CLOSED")) {
            return List.of();
        }
        return List.of(Json.object("nvr", nvrOf(made), "task_id", task, "state", 1));
    }

    static String packageOf(Task task) {
        return task.source().replaceFirst(".*/", "").replaceFirst("\\.git#.*", "");
    }

    static String nvrOf(Task task) {
        return packageOf(task) + "-1.0-" + task.id();
    }

    /** Null for one that no task of ours made. */
    synchronized @Nullable Map<String, @Nullable Object> buildNamed(String nvr) {
        return tasks.values().stream()
                .filter(task -> nvrOf(task).equals(nvr))
                .findFirst()
                .map(task -> Json.object("id", KojiTaggings.build(nvr), "nvr", nvr, "task_id", task.id(), "state", 1))
                .orElse(null);
    }

    /** Newest first, as {@code listTasks} does it when it is asked for that order. */
    List<Map<String, @Nullable Object>> list(List<@Nullable Object> given) {
        Map<?, ?> which = given.get(0) instanceof Map<?, ?> opts ? opts : Map.of();
        Map<?, ?> how = given.size() > 1 && given.get(1) instanceof Map<?, ?> queryOpts ? queryOpts : Map.of();
        return all().stream()
                .filter(task -> isAmong(which, task))
                .sorted(Comparator.comparing(Task::id).reversed())
                .limit(how.get("limit") instanceof Long limit ? limit : Long.MAX_VALUE)
                .map(KojiTasks::json)
                .toList();
    }

    private static boolean isAmong(Map<?, ?> which, Task task) {
        Object method = which.get("method");
        return (method == null || method.equals(BUILD))
                && (!(which.get("owner") instanceof Long owner) || owner == task.owner())
                && (!(which.get("createdAfter") instanceof Long after)
                        || task.created().isAfter(Instant.ofEpochSecond(after)));
    }

    private static Map<String, @Nullable Object> json(Task task) {
        Map<String, @Nullable Object> json = Json.object(
                "id", task.id(), "state", STATES.indexOf(task.state()), "method", BUILD, "owner", task.owner());
        json.put("request", List.of(task.source(), task.target(), Map.of("scratch", task.scratch())));
        json.put("create_ts", task.created().getEpochSecond());
        return json;
    }
}
