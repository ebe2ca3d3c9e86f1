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
import dev.forgeway.service.anitya.ReleaseMonitoring;
import dev.forgeway.store.AttemptStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Finds the release that a job is about: the one that was published, or else the latest of the project. */
@Component
public class ReleaseFinder {

    private final Forges forges;
    private final ReleaseMonitoring monitoring;
    private final AttemptStore attempts;

    public ReleaseFinder(Forges forges, ReleaseMonitoring monitoring, AttemptStore attempts) {
        this.monitoring = monitoring;
        this.forges = forges;
        this.attempts = attempts;
    }

    /**
     * A release, and the job as if the release itself had asked for it, whose checks are those of its commit.
     *
     * @param tag the name of its tag
     */
    record Found(String tag, Job job) {}

    /**
     * Finds it. The latest release is kept with the job, so that later attempts are about the same one.
     *
     * @throws UserErrorException when the project has no release
     */
    Found find(Job job, DownstreamPlan plan) {
        Optional<String> known = Origin.of(job)
                .filter(origin -> origin.kind() == Origin.Kind.TAG)
                .map(Origin::value);
        return known.isPresent() && job.event().commit() != null
                ? new Found(known.get(), job)
                : looked(job, known.orElseGet(() -> latest(job, plan)));
    }

    /**
     * The version of the latest release of the upstream that the package config names; kept with the job, too.
     *
     * @throws UserErrorException when nobody can tell it
     */
    String ofUpstream(Job job, DownstreamPlan plan) {
        String url = job.arguments().get(DownstreamPlan.UPSTREAM);
        if (url == null) {
            return monitored(job, plan);
        }
        Project upstream = Project.at(url, null, null)
                .orElseThrow(() -> new UserErrorException("upstream_project_url leads to no project: " + url));
        Forge home = forges.homeOf(upstream)
                .orElseThrow(() -> new UserErrorException(
                        "Releases of " + upstream.host() + " cannot be looked up: name a version (`--version`)"));
        String tag = latest(home, new Target(upstream, null), plan)
                .orElseThrow(() -> new UserErrorException(upstream.url() + " has no release"));
        plan.against(tag).ifPresent(why -> {
            throw new UserErrorException(why);
        });
        String version = plan.version(tag);
        attempts.learned(job.with(DownstreamPlan.VERSION, version));
        return version;
    }

    /** Without a word about upstream, what Anitya knows as stable counts (https://packit.dev/docs/retriggering#pull_from_upstream). */
    private String monitored(Job job, DownstreamPlan plan) {
        String name = Objects.requireNonNull(job.event().project()).name();
        String version = monitoring.stableVersions(name).stream()
                .flatMap(found -> plan.meant(found).stream())
                .max(RpmVersion.ORDER)
                .orElseThrow(() -> new UserErrorException(
                        "Nobody says which version is meant, and Anitya knows no stable version of " + name
                                + " that is: name one (`--version`), or upstream in the package config"
                                + " (`upstream_project_url`)"));
        attempts.learned(job.with(DownstreamPlan.VERSION, version));
        return version;
    }

    private Found looked(Job job, String tag) {
        Event event = job.event();
        Forge forge = forges.named(event.forge());
        String commit = forge.findTagHead(Target.of(event), tag, List.of())
                .map(TagHead::commit)
                .orElse(null);
        ReleaseEvent release = new ReleaseEvent(
                "published",
                forge.name(),
                event.actor(),
                event.occurredAt(),
                Objects.requireNonNull(event.project()),
                tag,
                commit,
                event.installation());
        Job known = job.with(Origin.ARGUMENT, new Origin(Origin.Kind.TAG, tag).argument());
        attempts.learned(known);
        return new Found(tag, known.about(release));
    }

    private String latest(Job job, DownstreamPlan plan) {
        Project project = Objects.requireNonNull(job.event().project());
        return latest(forges.named(job.event().forge()), Target.of(job.event()), plan)
                .orElseThrow(() -> new UserErrorException(project.url() + " has no release"));
    }

    /** Where there are tags alone, it is that of the highest version in the order of RPM. */
    private static Optional<String> latest(Forge forge, Target target, DownstreamPlan plan) {
        if (forge.hasReleases()) {
            return forge.findLatestRelease(target);
        }
        Map<String, String> versions = new TreeMap<>();
        forge.findTags(target).forEach(tag -> plan.meant(tag).ifPresent(version -> versions.put(tag, version)));
        return versions.entrySet().stream()
                .max(Map.Entry.comparingByValue(RpmVersion.ORDER))
                .map(Map.Entry::getKey);
    }
}
