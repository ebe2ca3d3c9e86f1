package dev.forgeway.testing;

import dev.forgeway.error.UnansweredException;
import dev.forgeway.service.copr.Copr;
import dev.forgeway.service.copr.CoprBuild;
import dev.forgeway.service.copr.CoprBuildRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Copr that builds nothing and remembers what it was asked. */
public final class FakeCopr implements Copr {

    private static final int FIRST_ID = 1001;

    private final Map<String, CoprBuild> byMarker = new LinkedHashMap<>();
    private final List<String> canceled = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final List<String> searches = new ArrayList<>();
    private final Map<String, List<String>> projects = new LinkedHashMap<>();
    private Runnable onSubmit = () -> {};
    private @Nullable RuntimeException refusal;
    private boolean losesAnswer;
    private boolean hasSource = true;

    /** A project with chroots. */
    public FakeCopr project(String ownerAndName, String... chroots) {
        projects.put(ownerAndName, List.of(chroots));
        return this;
    }

    @Override
    public List<String> chroots(String owner, String project) {
        return projects.getOrDefault(owner + "/" + project, List.of());
    }

    /** Happens when a build is about to be submitted. */
    public FakeCopr onSubmit(Runnable what) {
        this.onSubmit = what;
        return this;
    }

    /** From now on builds are not taken in; null for taking them in again. */
    public FakeCopr refuses(@Nullable RuntimeException with) {
        this.refusal = with;
        return this;
    }

    /** The next build is taken in, but nobody hears of it. */
    public FakeCopr losesAnswer() {
        this.losesAnswer = true;
        return this;
    }

    /** The ids of the builds, oldest first. */
    public List<String> builds() {
        return byMarker.values().stream().map(CoprBuild::id).toList();
    }

    /** The markers that were looked for. */
    public List<String> searches() {
        return searches;
    }

    @Override
    public CoprBuild submit(CoprBuildRequest request) {
        onSubmit.run();
        if (refusal != null) {
            throw refusal;
        }
        String id = Integer.toString(FIRST_ID + byMarker.size());
        CoprBuild build = new CoprBuild(
                id, "pending", request.owner(), request.project(), "https://copr.example.org/build/" + id);
        if (byMarker.putIfAbsent(request.marker(), build) != null) {
            throw new AssertionError("a second build for " + request.marker());
        }
        if (losesAnswer) {
            losesAnswer = false;
            throw new UnansweredException("no answer");
        }
        return build;
    }

    @Override
    public Optional<CoprBuild> findByMarker(String owner, String project, String marker) {
        searches.add(marker);
        return Optional.ofNullable(byMarker.get(marker));
    }

    @Override
    public Optional<CoprBuild> find(String id) {
        return byMarker.values().stream().filter(build -> build.id().equals(id)).findFirst();
    }

    @Override
    public Map<String, String> chrootStates(String id) {
        return Map.of();
    }

    @Override
    public List<String> packages(String id, String chroot) {
        return List.of("hello-2.0-1." + chroot.substring(chroot.lastIndexOf('-') + 1));
    }

    @Override
    public Optional<Path> sourcePackage(String id, Path folder) {
        if (!hasSource) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.writeString(folder.resolve("hello-2.0-1.src.rpm"), "source of " + id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No build has a source package. */
    public FakeCopr withoutSource() {
        this.hasSource = false;
        return this;
    }

    @Override
    public boolean cancel(String id) {
        if (ended.contains(id)) {
            return false;
        }
        canceled.add(id);
        return true;
    }

    /** A build has ended by itself. */
    public FakeCopr ends(String id) {
        ended.add(id);
        return this;
    }

    /** The builds that were asked to stop. */
    public List<String> canceled() {
        return canceled;
    }
}
