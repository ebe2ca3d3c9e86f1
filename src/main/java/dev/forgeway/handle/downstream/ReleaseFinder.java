package dev.forgeway.handle.downstream;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Event;
import dev.forgeway.event.Project;
import dev.forgeway.event.ReleaseEvent;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.Forges;
import dev.forgeway.forge.TagHead;
import dev.forgeway.forge.Target;
import dev.forgeway.handle.DownstreamPlan;
import dev.forgeway.handle.Origin;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds the release that a job is about: the one that was published, or else the latest of the project. */
@Component
public class ReleaseFinder {

    private final Forges forges;

    public ReleaseFinder(Forges forges) {
        this.forges = forges;
    }

    /**
     * A release, and the job as if the release itself had asked for it, whose checks are those of its commit.
     *
     * @param tag the name of its tag
     */
    record Found(String tag, Job job) {}

    /** @throws UserErrorException when the project has no release */
    Found find(Job job, DownstreamPlan plan) {
        return Origin.of(job)
                .filter(origin -> origin.kind() == Origin.Kind.TAG)
                .map(origin -> new Found(origin.value(), job))
                .orElseGet(() -> latest(job, plan));
    }

    private Found latest(Job job, DownstreamPlan plan) {
        Event event = job.event();
        Project project = Objects.requireNonNull(event.project());
        Forge forge = forges.named(event.forge());
        Target target = Target.of(event);
        String tag = latest(forge, target, plan)
                .orElseThrow(() -> new UserErrorException(project.url() + " has no release"));
        String commit =
                forge.findTagHead(target, tag, List.of()).map(TagHead::commit).orElse(null);
        ReleaseEvent release = new ReleaseEvent(
                "published",
                forge.name(),
                event.actor(),
                event.occurredAt(),
                project,
                tag,
                commit,
                event.installation());
        return new Found(tag, job.about(release));
    }

    /** Where there are tags alone, it is that of the highest version in the order of RPM. */
    private static Optional<String> latest(Forge forge, Target target, DownstreamPlan plan) {
        if (forge.hasReleases()) {
            return forge.findLatestRelease(target);
        }
        return forge.findTags(target).stream()
                .filter(tag -> plan.meant(tag).isPresent())
                .max(Comparator.comparing(tag -> plan.meant(tag).orElseThrow(), RpmVersion.ORDER));
    }
}
