package dev.forgeway.decide;

import dev.forgeway.decide.packageconfig.InvalidPackageConfigException;
import dev.forgeway.decide.packageconfig.PackageConfigParser;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.event.KojiTagEvent;
import dev.forgeway.event.Project;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.service.koji.KojiTags;
import dev.forgeway.store.Outcome;
import dev.forgeway.store.SideTag;
import dev.forgeway.store.SideTagStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Which packages a build concerns that got into a side tag: its own, and those that the package config of any package in the
 * side tag names as {@code dependents} (https://packit.dev/docs/fedora-releases-guide/releasing-multiple-packages). Each is
 * decided on for itself.
 */
@Component
public class SideTagPackages {

    private final SideTagStore tags;
    private final PackageFinder packages;
    private final PackageConfigFinder configs;
    private final PackageConfigParser parser;
    private final KojiTags koji;

    public SideTagPackages(
            SideTagStore tags,
            PackageFinder packages,
            PackageConfigFinder configs,
            PackageConfigParser parser,
            KojiTags koji) {
        this.tags = tags;
        this.packages = packages;
        this.configs = configs;
        this.parser = parser;
        this.koji = koji;
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

    /** Finds out which packages an open decision concerns; the one of the build itself comes first. */
    public void look(Decision decision) {
        if (!decision.isOpen()) {
            StepLog.skip();
            return;
        }
        KojiTagEvent event = (KojiTagEvent) decision.event();
        String own = Objects.requireNonNull(event.project()).name();
        Map<String, Decision> seen = new HashMap<>();
        Set<String> concerned = new LinkedHashSet<>();
        seen.put(own, part(decision, event, own));
        seen.get(own).configFile(decision.configFile());
        concerned.add(own);
        concerned.addAll(dependents(seen.get(own), event));
        for (String name : koji.builds(event.tag()).keySet()) {
            if (!seen.containsKey(name)) {
                Decision part = part(decision, event, name);
                configs.find(part);
                seen.put(name, part);
                concerned.addAll(dependents(part, event));
            }
        }
        decision.parts(concerned.stream()
                .map(name -> seen.getOrDefault(name, part(decision, event, name)))
                .toList());
        StepLog.note(
                concerned.size() == 1 ? "1 package" : concerned.size() + " packages", String.join(", ", concerned));
    }

    private Decision part(Decision decision, KojiTagEvent event, String name) {
        return decision.part(name, event.in(packages.projectOf(name)));
    }

    private List<String> dependents(Decision part, KojiTagEvent event) {
        if (part.configFileIfFound() == null) {
            return List.of();
        }
        try {
            return part.config(parser).jobs().stream()
                    .filter(job -> job.type().equals("koji_build")
                            && String.valueOf(event.group()).equals(job.koji().sidetagGroup()))
                    .flatMap(job -> job.koji().dependents().stream())
                    .toList();
        } catch (InvalidPackageConfigException e) {
            return List.of();
        }
    }

    /** The parts of an open decision, one for each package. */
    public List<Decision> split(Decision decision) {
        return decision.isOpen() ? decision.parts() : List.of();
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
