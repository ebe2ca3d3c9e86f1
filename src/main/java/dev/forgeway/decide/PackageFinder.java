package dev.forgeway.decide;

import dev.forgeway.config.Settings;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Event;
import dev.forgeway.event.KojiBuildEvent;
import dev.forgeway.event.NewUpstreamVersionEvent;
import dev.forgeway.event.Project;
import dev.forgeway.forge.Forges;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.Outcome;
import java.net.URI;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Finds the place of a package in dist-git, by its name alone and without asking anybody. */
@Component
public class PackageFinder {

    private static final String PACKAGES = "rpms";

    private final URI distGit;
    private final Forges forges;

    public PackageFinder(Settings settings, Forges forges) {
        this.distGit = settings.service().distGit().url();
        this.forges = forges;
    }

    /** From here on the event is one of that project, which everybody can see. */
    public void find(Decision decision) {
        if (!decision.isOpen()) {
            StepLog.skip();
            return;
        }
        if (!canAsk()) {
            decision.stop(Outcome.IGNORED, Reason.NO_HANDLER, "dist-git cannot be asked (forgeway.forge.pagure.token)");
            return;
        }
        Event event = decision.event();
        String name = event instanceof KojiBuildEvent built
                ? built.build().packageName()
                : ((NewUpstreamVersionEvent) event).pkg().name();
        Project project = projectOf(String.valueOf(name));
        decision.event(
                event instanceof KojiBuildEvent built
                        ? built.in(project)
                        : ((NewUpstreamVersionEvent) event).in(project));
        StepLog.note("found", project.url());
    }

    /** Where a package of this name is. */
    Project projectOf(String name) {
        String url = distGit.toString().replaceFirst("/+$", "") + "/" + PACKAGES + "/" + name;
        return new Project(distGit.getHost().toLowerCase(Locale.ROOT), PACKAGES, name, url, "public");
    }

    /** Whether dist-git can be asked for anything. */
    boolean canAsk() {
        return forges.find("pagure").isPresent();
    }
}
