package dev.forgeway.handle;

import dev.forgeway.dispatch.Job;
import dev.forgeway.event.Event;
import dev.forgeway.forge.Check;
import dev.forgeway.forge.CheckState;
import dev.forgeway.forge.Target;
import dev.forgeway.store.Wanted;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a job wants to be shown on the forge: one check for each of its targets. */
public final class Checks {

    private static final String IDENTIFIER = "identifier";

    private Checks() {}

    /** The same state for every target of the job; nothing for a handler that shows no checks, and where there is no commit. */
    public static List<Wanted> all(HandlerSpec spec, Job job, CheckState state, String title, @Nullable String url) {
        return spec.checkPrefix() == null || job.event().commit() == null
                ? List.of()
                : job.targets().stream()
                        .map(target -> one(spec, job, target, state, title, url))
                        .toList();
    }

    /** The state of one target. */
    public static Wanted one(
            HandlerSpec spec, Job job, String target, CheckState state, String title, @Nullable String url) {
        return one(spec, job, target, state, title, null, url);
    }

    /**
     * The state of one target.
     *
     * @param summary what more there is to say, as Markdown
     */
    public static Wanted one(
            HandlerSpec spec,
            Job job,
            String target,
            CheckState state,
            String title,
            @Nullable String summary,
            @Nullable String url) {
        Event event = job.event();
        Check check = new Check(name(spec, job, target), state, title, summary, url);
        return new Wanted(
                Wanted.Kind.CHECK,
                Objects.requireNonNull(event.forge()),
                Target.of(event),
                Objects.requireNonNull(event.commit()),
                check.name(),
                check,
                null,
                job.receivedAt(),
                job.deliveryId(),
                job.id());
    }

    /**
     * {@code <prefix>[:<branch or tag>]:<target>[:<identifier>]}, as users know it from packit: one commit can be the head
     * of a pull request, of a branch and of a tag at once.
     */
    public static String name(HandlerSpec spec, Job job, String target) {
        String place = Origin.of(job)
                .filter(origin -> origin.kind() != Origin.Kind.PULL_REQUEST)
                .map(origin -> ":" + origin.value().replace(':', '-'))
                .orElse("");
        String identifier = job.arguments().get(IDENTIFIER);
        return spec.checkPrefix() + place + ":" + target + (identifier == null ? "" : ":" + identifier);
    }
}
