package dev.forgeway.handle.koji;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.DeferredException;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.handle.RemoteEffects;
import dev.forgeway.handle.SideTagPlan;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.service.koji.KojiTags;
import dev.forgeway.store.ClusterLock;
import dev.forgeway.store.SideTag;
import dev.forgeway.store.SideTagStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * The side tags that groups of packages are built in
 * (https://packit.dev/docs/fedora-releases-guide/releasing-multiple-packages): one for each group and branch of dist-git, made
 * when something is to go into it, and once more when it is no longer there.
 */
@Component
public class SideTags {

    private static final String LOCK = "side-tags";

    /** How long to leave a side tag to whoever does something in it. One that died has it for a minute. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    /** What the names of side tags have in common. */
    private static final String SIDE = "-side-";

    private final KojiTags koji;
    private final SideTagStore store;
    private final ClusterLock lock;
    private final RemoteEffects effects;

    public SideTags(KojiTags koji, SideTagStore store, ClusterLock lock, RemoteEffects effects) {
        this.effects = effects;
        this.koji = koji;
        this.store = store;
        this.lock = lock;
    }

    /** The side tag of a group that is in Koji now. */
    public Optional<SideTag> find(String group, String branch) {
        return store.find(group, branch).filter(this::exists);
    }

    /**
     * The name of the side tag that a job is for, which is made if need be.
     *
     * @param target that builds for the branch outside of it
     * @throws DeferredException while somebody else makes one, and while a call for it may still have its effect
     */
    String of(Job job, SideTagPlan plan, String target) {
        return find(plan.group(), plan.branch())
                .map(SideTag::name)
                .orElseGet(() -> alone("new", () -> missing(job, plan.group(), plan.branch(), target)));
    }

    private boolean exists(SideTag tag) {
        return tag.name() != null && koji.exists(tag.name());
    }

    /** Something to be done while nobody else does it. */
    interface Work<T> {
        T perform();
    }

    /**
     * Does something in a side tag that must not be done twice.
     *
     * @throws DeferredException while somebody else does something in it
     */
    <T> T alone(String tag, Work<T> work) {
        Runnable end = lock.take(LOCK + "." + tag, Duration.ZERO)
                .orElseThrow(() -> new DeferredException(
                        "another job works in " + tag, Instant.now().plus(AGAIN)));
        try {
            return work.perform();
        } finally {
            end.run();
        }
    }

    /**
     * The intent is stored before Koji is asked, with the newest side tag that was there. What was made before a crash is newer
     * than that, and nobody's.
     */
    private String missing(Job job, String group, String branch, String target) {
        Optional<SideTag> before = store.find(group, branch);
        if (before.isPresent() && exists(before.get())) {
            return Objects.requireNonNull(before.get().name());
        }
        before.filter(tag -> tag.name() != null).ifPresent(store::retire);
        Optional<SideTag> asked = before.filter(tag -> tag.name() == null);
        if (asked.isEmpty()) {
            long newest = koji.sideTags(target).stream()
                    .mapToLong(KojiTags.SideTag::id)
                    .max()
                    .orElse(0);
            store.intend(group, branch, newest);
        }
        String name = effects.unlessThere(
                job,
                "side tag " + group + " " + branch,
                () -> asked.flatMap(earlier -> nobodys(koji.sideTags(target), earlier)),
                () -> koji.createSideTag(target).name());
        store.created(group, branch, name);
        StepLog.note("side tag", name);
        return name;
    }

    private Optional<String> nobodys(List<KojiTags.SideTag> there, SideTag asked) {
        return there.stream()
                .filter(tag -> tag.id() > asked.newestBefore())
                .sorted(Comparator.comparing(KojiTags.SideTag::id))
                .map(KojiTags.SideTag::name)
                .filter(name -> store.named(name).isEmpty())
                .findFirst();
    }

    /** The newest build of each package in a side tag, by the package. */
    public Map<String, String> builds(SideTag tag) {
        return koji.builds(String.valueOf(tag.name()));
    }

    /** Whether a build is anywhere but in side tags: it was released, or is about to be. */
    public boolean isReleased(String nvr) {
        return koji.tagsOf(nvr).stream().anyMatch(tag -> !tag.contains(SIDE));
    }

    /** From now on the group has no side tag for the branch. */
    public void retire(SideTag tag) {
        store.retire(tag);
    }

    /** Removes a side tag that was retired. One that stays is removed by Bodhi, when what was made of it gets stable. */
    public void remove(SideTag tag) {
        try {
            koji.removeSideTag(String.valueOf(tag.name()));
        } catch (TransientException | UserErrorException e) {
            StepLog.note("not-removed", e.getMessage());
        }
    }

    /** The packages that a job depends on and that are not in a side tag. */
    List<String> missing(SideTagPlan plan, String tag) {
        if (plan.dependencies().isEmpty()) {
            return List.of();
        }
        Set<String> there = koji.builds(tag).keySet();
        return plan.dependencies().stream()
                .filter(name -> !there.contains(name))
                .toList();
    }

    /** What is told of a job that waits for packages. */
    public static String waitsFor(List<String> missing, String tag) {
        return "Waits for " + String.join(", ", missing) + " in " + tag + ".";
    }

    /** Whether the newest build of a package in a side tag was made from this source. */
    boolean has(String tag, String packageName, String source) {
        String nvr = koji.builds(tag).get(packageName);
        return nvr != null && koji.sourceOf(nvr).filter(source::equals).isPresent();
    }
}
