package dev.forgeway.handle;

import dev.forgeway.dispatch.Job;
import dev.forgeway.event.Event;
import dev.forgeway.forge.Check;
import dev.forgeway.forge.CheckState;
import dev.forgeway.forge.Target;
import dev.forgeway.store.Wanted;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a job wants to be shown on the forge: one check for each of its targets. */
public final class Checks {

    /** The argument of a job with the last part of the names of its checks. */
    public static final String IDENTIFIER = "identifier";

    /** The argument of a job with the template for the names of its checks. */
    public static final String NAME_TEMPLATE = "check-name";

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
     * of a pull request, of a branch and of a tag at once. A template ({@link #NAME_TEMPLATE}) that can be filled replaces
     * it; it knows {@code {job_name}}, {@code {event}} (the branch or tag), {@code {chroot}} and {@code {identifier}}.
     */
    public static String name(HandlerSpec spec, Job job, String target) {
        String event = Origin.of(job)
                .filter(origin -> origin.kind() != Origin.Kind.PULL_REQUEST)
                .map(origin -> origin.value().replace(':', '-'))
                .orElse("");
        String prefix = String.valueOf(spec.checkPrefix());
        String identifier = job.arguments().getOrDefault(IDENTIFIER, "");
        return filled(job, prefix, event, target, identifier)
                .orElseGet(() -> Stream.of(prefix, event, target, identifier)
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(":")));
    }

    /** Empty without a template, and for one that asks for something unknown. */
    private static Optional<String> filled(Job job, String prefix, String event, String target, String identifier) {
        return Optional.ofNullable(job.arguments().get(NAME_TEMPLATE))
                .map(template -> template.replace("{job_name}", prefix)
                        .replace("{event}", event)
                        .replace("{chroot}", target)
                        .replace("{identifier}", identifier)
                        .strip())
                .filter(name -> !name.isEmpty() && !name.contains("{") && !name.contains("}"));
    }
}
