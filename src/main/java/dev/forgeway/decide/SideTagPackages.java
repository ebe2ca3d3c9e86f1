package dev.forgeway.decide;

import dev.forgeway.decide.packageconfig.PackageConfigParser;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.event.KojiTagEvent;
import dev.forgeway.event.Project;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.Outcome;
import dev.forgeway.store.SideTag;
import dev.forgeway.store.SideTagStore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Which packages a build concerns that got into a side tag: its own, and those that the package config of its own names as
 * {@code dependents} (https://packit.dev/docs/fedora-releases-guide/releasing-multiple-packages). Each is decided on for itself.
 */
@Component
public class SideTagPackages {

    private final SideTagStore tags;
    private final PackageFinder packages;
    private final PackageConfigParser parser;

    public SideTagPackages(SideTagStore tags, PackageFinder packages, PackageConfigParser parser) {
        this.tags = tags;
        this.packages = packages;
        this.parser = parser;
    }

    /** Finds the group that the tag is for, without asking anybody. From here on the event is one of the build's own package. */
    public void find(Decision decision) {
        KojiTagEvent event = (KojiTagEvent) decision.event();
        Optional<SideTag> tag = tags.named(event.tag());
        String name = event.build().packageName();
        if (tag.isEmpty() || name == null) {
            decision.stop(Outcome.IGNORED, Reason.UNKNOWN_SIDE_TAG, event.tag());
        } else if (!packages.canAsk()) {
            decision.stop(Outcome.IGNORED, Reason.NO_HANDLER, "dist-git cannot be asked (forgeway.forge.pagure.token)");
        } else {
            decision.event(event.of(tag.get().group(), tag.get().branch()).in(packages.projectOf(name)));
            StepLog.note("found", tag.get().group() + " for " + tag.get().branch());
        }
    }

    /** The parts of an open decision, one for each package; the one of the build itself comes first. */
    public List<Decision> split(Decision decision) {
        if (!decision.isOpen()) {
            return List.of();
        }
        KojiTagEvent event = (KojiTagEvent) decision.event();
        String own = Objects.requireNonNull(event.project()).name();
        List<Decision> parts = new ArrayList<>();
        for (String name : concerned(decision, own, String.valueOf(event.group()))) {
            Decision part = decision.part(name, event.in(packages.projectOf(name)));
            if (name.equals(own)) {
                part.configFile(decision.configFile());
            }
            parts.add(part);
        }
        decision.parts(parts);
        return parts;
    }

    private Set<String> concerned(Decision decision, String own, String group) {
        Set<String> names = new LinkedHashSet<>();
        names.add(own);
        decision.config(parser).jobs().stream()
                .filter(job -> job.type().equals("koji_build")
                        && group.equals(job.koji().sidetagGroup()))
                .forEach(job -> names.addAll(job.koji().dependents()));
        return names;
    }

    /** Takes together what was decided about the parts. */
    public void gather(Decision decision) {
        if (!decision.isOpen()) {
            StepLog.skip();
            return;
        }
        List<Job> jobs = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (Decision part : decision.parts()) {
            jobs.addAll(part.jobs());
            if (part.reason() != null) {
                Project project = Objects.requireNonNull(part.event().project());
                without.add(project.name() + ": " + part.reason().wireName() + because(part));
            }
        }
        String detail = without.isEmpty() ? null : String.join("; ", without);
        if (jobs.isEmpty()) {
            decision.stop(Outcome.FILTERED, Reason.NO_MATCHING_JOB, detail);
        } else {
            decision.select(jobs);
            StepLog.note(jobs.size() == 1 ? "1 job" : jobs.size() + " jobs", detail);
        }
    }

    private static String because(Decision part) {
        return part.detail() == null ? "" : " (" + part.detail() + ")";
    }
}
