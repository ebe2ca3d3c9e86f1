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
import dev.forgeway.handle.Origin;
import java.util.List;
import java.util.Objects;
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
    Found find(Job job) {
        return Origin.of(job)
                .filter(origin -> origin.kind() == Origin.Kind.TAG)
                .map(origin -> new Found(origin.value(), job))
                .orElseGet(() -> latest(job));
    }

    private Found latest(Job job) {
        Event event = job.event();
        Project project = Objects.requireNonNull(event.project());
        Forge forge = forges.named(event.forge());
        Target target = Target.of(event);
        String tag = forge.findLatestRelease(target)
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
}
