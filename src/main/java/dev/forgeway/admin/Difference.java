package dev.forgeway.admin;

import dev.forgeway.admin.Decided.DecidedJob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One way in which a decision would be another one now.
 *
 * @param what "outcome", "reason", "job", "targets" or "priority"
 * @param job which job it is about; null for the decision itself
 * @param was null for a job that was not there
 * @param would null for a job that would not be there
 */
public record Difference(
        String what,
        @Nullable String job,
        @Nullable String was,
        @Nullable String would) {

    static List<Difference> between(Decided was, Decided would) {
        List<Difference> found = new ArrayList<>();
        add(found, "outcome", null, was.outcome(), would.outcome());
        add(found, "reason", null, was.reason(), would.reason());
        Map<String, DecidedJob> before = byName(was);
        Map<String, DecidedJob> now = byName(would);
        before.forEach((name, job) -> compare(found, name, job, now.get(name)));
        now.forEach((name, job) -> {
            if (!before.containsKey(name)) {
                found.add(new Difference("job", name, null, String.join(", ", job.targets())));
            }
        });
        return found;
    }

    private static void compare(List<Difference> found, String name, DecidedJob was, @Nullable DecidedJob would) {
        if (would == null) {
            found.add(new Difference("job", name, String.join(", ", was.targets()), null));
            return;
        }
        add(found, "targets", name, String.join(", ", was.targets()), String.join(", ", would.targets()));
        add(found, "priority", name, Integer.toString(was.priority()), Integer.toString(would.priority()));
    }

    private static void add(
            List<Difference> found, String what, @Nullable String job, @Nullable String was, @Nullable String would) {
        if (!Objects.equals(was, would)) {
            found.add(new Difference(what, job, was, would));
        }
    }

    /** Jobs of one name are told apart by their number. */
    private static Map<String, DecidedJob> byName(Decided decided) {
        Map<String, DecidedJob> jobs = new LinkedHashMap<>();
        for (DecidedJob job : decided.jobs()) {
            String name = job.name();
            for (int number = 2; jobs.containsKey(name); number++) {
                name = job.name() + " #" + number;
            }
            jobs.put(name, job);
        }
        return jobs;
    }
}
