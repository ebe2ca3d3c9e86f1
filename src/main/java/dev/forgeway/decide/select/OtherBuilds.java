package dev.forgeway.decide.select;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.packageconfig.JobConfig;
import dev.forgeway.decide.packageconfig.KojiTargets;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.KojiBuildEvent;
import dev.forgeway.handle.DownstreamPlan;
import dev.forgeway.handle.Handlers;
import dev.forgeway.handle.Origin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Makes the updates of what somebody else built in Koji. */
final class OtherBuilds {

    private final Handlers handlers;

    OtherBuilds(Handlers handlers) {
        this.handlers = handlers;
    }

    /**
     * One update for each package, however many jobs name the branch.
     *
     * @param index of the first of them among the jobs of the decision
     */
    List<Job> updates(Decision decision, KojiBuildEvent built, List<JobConfig> asked, int index) {
        if (asked.isEmpty()) {
            return List.of(); // nor need there be a branch that it is for
        }
        String target = Objects.requireNonNull(built.build().target());
        String branch = KojiTargets.branchOf(target).orElseThrow();
        List<Job> updates = new ArrayList<>();
        Set<String> packages = new HashSet<>();
        for (JobConfig configured : asked) {
            if (configured.type().equals("bodhi_update") && packages.add(String.valueOf(configured.packageName()))) {
                Map<String, String> arguments = new TreeMap<>(Map.of(
                        Origin.ARGUMENT,
                        Origin.ofBranch(branch).argument(),
                        DownstreamPlan.NVR,
                        Objects.requireNonNull(built.build().nvr())));
                configured.checkNames().addIdentifierTo(arguments);
                configured.koji().update().addTo(arguments);
                configured.notifications().addTo(arguments);
                updates.add(JobSelector.job(
                        decision,
                        index + updates.size(),
                        handlers.named(KojiJobs.UPDATES).spec(),
                        configured.trigger(),
                        configured.packageName(),
                        List.of(target),
                        arguments));
            }
        }
        return updates;
    }
}
