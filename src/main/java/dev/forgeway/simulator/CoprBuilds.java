package dev.forgeway.simulator;

import dev.forgeway.simulator.CoprSimulator.Build;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The projects and builds that a simulated Copr knows. */
final class CoprBuilds {

    /** A project and what it was last given. */
    record Project(
            long id, String ownername, String name, List<String> chroots, Map<String, @Nullable Object> settings) {

        /** Whether a build may be for a repository; one that is for none that is told may. */
        boolean allows(@Nullable String forgeProject) {
            return forgeProject == null
                    || (settings.get("packit_forge_projects_allowed") instanceof List<?> allowed
                            && allowed.contains(forgeProject));
        }
    }

    private final Map<String, Project> projects = new TreeMap<>();
    private final Map<String, Map<String, @Nullable Object>> chroots = new TreeMap<>();
    private final Map<Long, Build> builds = new TreeMap<>();
    private final AtomicLong lastProject = new AtomicLong(120_000);
    private final AtomicLong lastBuild = new AtomicLong(1_044_214);

    synchronized Optional<Project> project(String owner, String name) {
        return Optional.ofNullable(projects.get(owner + "/" + name));
    }

    synchronized Project putProject(
            String owner, String name, List<String> chroots, Map<String, @Nullable Object> settings) {
        Project before = projects.get(owner + "/" + name);
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        if (before != null) {
            all.putAll(before.settings());
        }
        all.putAll(settings);
        long id = before == null ? lastProject.incrementAndGet() : before.id();
        Project project = new Project(id, owner, name, List.copyOf(chroots), all);
        projects.put(owner + "/" + name, project);
        return project;
    }

    /** What a chroot of a project was last given. */
    synchronized Map<String, @Nullable Object> putChroot(
            Project project, String chroot, Map<String, @Nullable Object> settings) {
        chroots.put(project.id() + "/" + chroot, settings);
        return settings;
    }

    synchronized Map<String, @Nullable Object> chroot(Project project, String chroot) {
        return chroots.getOrDefault(project.id() + "/" + chroot, Map.of());
    }

    synchronized List<Project> projects() {
        return List.copyOf(projects.values());
    }

    synchronized Build add(
            Project project, List<String> chroots, String submitter, Map<String, @Nullable Object> source) {
        Map<String, String> states = new LinkedHashMap<>();
        chroots.forEach(chroot -> states.put(chroot, "waiting"));
        long id = lastBuild.incrementAndGet();
        Build build = new Build(
                id,
                "pending",
                project.ownername(),
                project.name(),
                submitter,
                "pending",
                states,
                source,
                project.name().replaceFirst("-\\d+$", ""),
                "0.1.0-1." + id,
                Instant.now(),
                null,
                null);
        builds.put(id, build);
        return build;
    }

    synchronized void delete(long id) {
        builds.remove(id);
    }

    synchronized List<Build> builds() {
        return new ArrayList<>(builds.values());
    }

    synchronized Optional<Build> build(long id) {
        return Optional.ofNullable(builds.get(id));
    }

    /** Changes a build and works out its state from those of its parts, as Copr does. */
    synchronized Build change(long id, UnaryOperator<Build> change) {
        Build build = builds.get(id);
        if (build == null) {
            throw new IllegalArgumentException("No build " + id);
        }
        Build changed = settle(change.apply(build));
        builds.put(id, changed);
        return changed;
    }

    private static Build settle(Build build) {
        String state = state(build);
        boolean over = List.of("succeeded", "failed", "canceled").contains(state);
        Instant started = build.startedOn() == null && !state.equals("pending") ? Instant.now() : build.startedOn();
        Instant ended = over && build.endedOn() == null ? Instant.now() : build.endedOn();
        return build.with(state, started, ended);
    }

    private static String state(Build build) {
        if (build.sourceState().equals("canceled")) {
            return "canceled";
        }
        if (!build.sourceState().equals("succeeded")) {
            return build.sourceState();
        }
        var states = build.chroots().values();
        for (String any : List.of("running", "pending", "waiting", "canceled", "failed")) {
            if (states.contains(any)) {
                return any.equals("waiting") ? "pending" : any;
            }
        }
        return "succeeded";
    }
}
