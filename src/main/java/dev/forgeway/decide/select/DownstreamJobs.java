package dev.forgeway.decide.select;

import dev.forgeway.decide.command.Command;
import dev.forgeway.decide.packageconfig.BranchExpansion;
import dev.forgeway.decide.packageconfig.JobConfig;
import dev.forgeway.event.Event;
import dev.forgeway.event.PushEvent;
import dev.forgeway.handle.DownstreamPlan;
import dev.forgeway.handle.SyncPlan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is special about the jobs that work on branches of dist-git. */
final class DownstreamJobs {

    private static final String SYNC = "sync_from_downstream";
    private static final Set<String> UPDATES = Set.of("propose_downstream", "pull_from_upstream");

    private final BranchExpansion expansion;

    DownstreamJobs(BranchExpansion expansion) {
        this.expansion = expansion;
    }

    boolean isFor(JobConfig configured) {
        return configured.type().equals(SYNC) || UPDATES.contains(configured.type());
    }

    /** Whether a push was to one of the branches of a job that carries files back; yes for all other jobs. */
    boolean fits(Event event, JobConfig configured) {
        return !configured.type().equals(SYNC)
                || !(event instanceof PushEvent push)
                || configured.branch() != null
                || branches(configured).contains(BranchExpansion.nameOf(String.valueOf(push.branch())));
    }

    List<String> branches(JobConfig configured) {
        return expansion.expand(configured.distGit().branches());
    }

    /** @param command what asked for it, which may say more; null for an event that did by itself */
    Map<String, String> arguments(JobConfig configured, @Nullable Command command) {
        Map<String, String> arguments = new TreeMap<>();
        configured.checkNames().addIdentifierTo(arguments);
        if (configured.type().equals(SYNC)) {
            arguments.put(SyncPlan.ARGUMENT, sync(configured).argument());
        } else {
            arguments.put(DownstreamPlan.ARGUMENT, update(configured).argument());
        }
        String upstream = configured.distGit().upstreamUrl();
        if (command != null && upstream != null) {
            arguments.put(DownstreamPlan.UPSTREAM, upstream);
        }
        if (command != null) {
            command.option("version").ifPresent(version -> arguments.put(DownstreamPlan.VERSION, version));
            List<String> bugs = command.options().getOrDefault("resolve-bug", List.of());
            if (!bugs.isEmpty()) {
                arguments.put(DownstreamPlan.BUGS, String.join(",", bugs));
            }
        }
        return configured.notifications().addTo(arguments);
    }

    private DownstreamPlan update(JobConfig configured) {
        return new DownstreamPlan(
                configured.source().downstreamPackageName(),
                configured.source().specfilePath(),
                configured.distGit().issueRepository(),
                configured.distGit().tagTemplate(),
                configured.distGit().tagInclude(),
                configured.distGit().tagExclude(),
                configured.distGit().versionMask(),
                fastForward(configured),
                configured.distGit().files(),
                configured.distGit().withoutUpload());
    }

    /** A branch is not merged into itself, nor into one that is updated by itself. */
    private Map<String, List<String>> fastForward(JobConfig configured) {
        List<String> updated = branches(configured);
        Map<String, List<String>> into = new TreeMap<>();
        configured.distGit().fastForward().forEach((name, others) -> {
            List<String> merged = (others.isEmpty() ? List.<String>of() : expansion.expand(others))
                    .stream().filter(branch -> !updated.contains(branch)).toList();
            expansion.expand(List.of(name)).forEach(branch -> into.put(branch, merged));
        });
        return into;
    }

    private static SyncPlan sync(JobConfig configured) {
        return new SyncPlan(
                configured.distGit().upstreamUrl(),
                configured.source().specfilePath(),
                configured.distGit().files());
    }
}
