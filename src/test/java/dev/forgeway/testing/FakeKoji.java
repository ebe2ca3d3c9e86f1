package dev.forgeway.testing;

import dev.forgeway.error.UnansweredException;
import dev.forgeway.service.koji.Koji;
import dev.forgeway.service.koji.KojiTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Koji that builds nothing and remembers what it was asked. */
public final class FakeKoji implements Koji {

    private static final int FIRST_ID = 101;

    private final Map<String, KojiTask> bySource = new LinkedHashMap<>();
    private final Map<String, String> uploads = new LinkedHashMap<>();
    private final List<String> canceled = new ArrayList<>();
    private Runnable onBuild = () -> {};
    private boolean losesAnswer;
    private boolean buildsAgain;

    /** Happens when a build is about to be started. */
    public FakeKoji onBuild(Runnable what) {
        this.onBuild = what;
        return this;
    }

    /** The next build is taken in, but nobody hears of it. */
    public FakeKoji losesAnswer() {
        this.losesAnswer = true;
        return this;
    }

    /** From now on the same may be built once more. */
    public FakeKoji buildsAgain() {
        this.buildsAgain = true;
        return this;
    }

    /** How a task stands from now on. */
    public FakeKoji says(String id, String state) {
        bySource.put(id, task(id, state));
        return this;
    }

    /** What is built, by the id of its task, as {@code source for target}. */
    public List<String> builds() {
        return List.copyOf(bySource.keySet());
    }

    /** The contents of uploads by their paths. */
    public Map<String, String> uploads() {
        return uploads;
    }

    @Override
    public String upload(Path sourcePackage, String folder) {
        String path = folder + "/" + sourcePackage.getFileName();
        try {
            uploads.put(path, Files.readString(sourcePackage));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return path;
    }

    @Override
    public KojiTask build(String source, String target, boolean scratch) {
        onBuild.run();
        KojiTask task = task(Integer.toString(FIRST_ID + bySource.size()), "free");
        String what = source + " for " + target + (scratch ? ", scratch" : "");
        KojiTask before = bySource.put(what, task);
        if (before != null) {
            bySource.put(before.id(), before);
        }
        if (before != null && !buildsAgain) {
            throw new AssertionError("a second build of " + what);
        }
        if (losesAnswer) {
            losesAnswer = false;
            throw new UnansweredException("no answer");
        }
        return task;
    }

    @Override
    public Optional<KojiTask> findBySource(String source, String target, Instant since) {
        return bySource.entrySet().stream()
                .filter(build ->
                        build.getKey().startsWith(source) && build.getKey().contains(" for " + target))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    @Override
    public Optional<KojiTask> find(String id) {
        return bySource.values().stream().filter(task -> task.id().equals(id)).findFirst();
    }

    @Override
    public Optional<String> buildOf(String taskId) {
        return find(taskId).map(task -> "hello-1.0-" + task.id());
    }

    @Override
    public Optional<String> newestBuild(String target, String packageName) {
        return Optional.empty();
    }

    @Override
    public boolean cancel(String id) {
        canceled.add(id);
        return true;
    }

    /** The tasks that were asked to stop. */
    public List<String> canceled() {
        return canceled;
    }

    private static KojiTask task(String id, String state) {
        return new KojiTask(id, state, "https://koji.example.org/koji/taskinfo?taskID=" + id);
    }
}
