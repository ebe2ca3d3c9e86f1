package dev.forgeway.simulator;

import dev.forgeway.simulator.CoprSimulator.Build;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Moves builds on, step by step, and says so on the bus. */
final class CoprLifeCycle implements AutoCloseable {

    private final CoprBuilds builds;
    private final @Nullable CoprMessages messages;
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "CoprLifeCycle");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable Duration step;
    private volatile boolean losesMessages;

    CoprLifeCycle(CoprBuilds builds, @Nullable CoprMessages messages) {
        this.builds = builds;
        this.messages = messages;
    }

    /** @param length of one step; null for steps by hand only */
    void step(@Nullable Duration length) {
        this.step = length;
    }

    /** @param isLost whether what is said from now on reaches nobody */
    void messages(boolean isLost) {
        this.losesMessages = isLost;
    }

    void fail(String chroot) {
        failing.add(chroot);
    }

    void submitted(Build build) {
        Duration length = step;
        if (length == null) {
            return;
        }
        later(length, 1, () -> startSource(build.id()));
        later(length, 2, () -> endSource(build.id(), !failing.contains(CoprMessages.SOURCE_CHROOT)));
        if (failing.contains(CoprMessages.SOURCE_CHROOT)) {
            return;
        }
        for (String chroot : build.chroots().keySet()) {
            later(length, 3, () -> start(build.id(), chroot));
            later(length, 4, () -> end(build.id(), chroot, !failing.contains(chroot)));
        }
    }

    void startSource(long id) {
        move(id, CoprMessages.SOURCE_CHROOT, "running", build -> messages().started(build, CoprMessages.SOURCE_CHROOT));
    }

    void endSource(long id, boolean succeeded) {
        move(
                id,
                CoprMessages.SOURCE_CHROOT,
                succeeded ? "succeeded" : "failed",
                build -> messages().ended(build, CoprMessages.SOURCE_CHROOT, status(succeeded)));
    }

    void start(long id, String chroot) {
        move(id, chroot, "running", build -> messages().started(build, chroot));
    }

    void end(long id, String chroot, boolean succeeded) {
        move(
                id,
                chroot,
                succeeded ? "succeeded" : "failed",
                build -> messages().ended(build, chroot, status(succeeded)));
    }

    void cancel(long id) {
        Build before = builds.build(id).orElseThrow();
        builds.change(id, build -> {
            Map<String, String> chroots = new LinkedHashMap<>(build.chroots());
            chroots.replaceAll((chroot, state) -> isOver(state) ? state : "canceled");
            return build.with(isOver(build.sourceState()) ? build.sourceState() : "canceled", chroots);
        });
        if (before.sourceState().equals("running")) {
            say(before, build -> messages().ended(build, CoprMessages.SOURCE_CHROOT, CoprMessages.CANCELED));
        }
        before.chroots().forEach((chroot, state) -> {
            if (state.equals("running")) {
                say(before, build -> messages().ended(build, chroot, CoprMessages.CANCELED));
            }
        });
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private void move(long id, String chroot, String state, Consumer<Build> message) {
        boolean source = chroot.equals(CoprMessages.SOURCE_CHROOT);
        boolean[] moved = {false};
        Build changed = builds.change(id, build -> {
            String now = source ? build.sourceState() : build.chroots().getOrDefault(chroot, "");
            if (now.isEmpty()) {
                throw new IllegalArgumentException("Build " + id + " has no chroot " + chroot);
            }
            moved[0] = !isOver(now);
            if (!moved[0]) {
                return build;
            }
            Map<String, String> chroots = new LinkedHashMap<>(build.chroots());
            if (source && state.equals("succeeded")) {
                chroots.replaceAll((name, was) -> was.equals("waiting") ? "pending" : was);
            } else if (!source) {
                chroots.put(chroot, state);
            }
            return build.with(source ? state : build.sourceState(), chroots);
        });
        if (moved[0]) {
            say(changed, message);
        }
    }

    private void say(Build build, Consumer<Build> message) {
        if (messages != null && !losesMessages) {
            message.accept(build);
        }
    }

    private CoprMessages messages() {
        if (messages == null) {
            throw new IllegalStateException("This Copr has no bus");
        }
        return messages;
    }

    private void later(Duration length, int steps, Runnable what) {
        try {
            ScheduledFuture<?> unused = clock.schedule(what, length.toMillis() * steps, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Closed in the meantime: nobody waits for the build any more.
            return;
        }
    }

    private static int status(boolean succeeded) {
        return succeeded ? CoprMessages.SUCCEEDED : CoprMessages.FAILED;
    }

    private static boolean isOver(String state) {
        return state.equals("succeeded") || state.equals("failed") || state.equals("canceled");
    }
}
