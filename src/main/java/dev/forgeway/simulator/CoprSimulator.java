package dev.forgeway.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fedora Copr: the part of API version 3 (https://copr.fedorainfracloud.org/api_3/docs) that a submitter of builds
 * needs, and the messages that Copr publishes while it builds. A build moves on by itself, one {@link #step} at a
 * time, or by hand.
 */
public final class CoprSimulator extends HttpSimulator {

    /**
     * A build as it stands now.
     *
     * @param state of the whole build, in Copr's words
     * @param sourceState of the source build
     * @param chroots name to state
     * @param source what was submitted: script, chroot, builddeps, resultdir, repos
     */
    public record Build(
            long id,
            String state,
            String ownername,
            String projectname,
            String submitter,
            String sourceState,
            Map<String, String> chroots,
            Map<String, @Nullable Object> source,
            String packageName,
            String packageVersion,
            Instant submittedOn,
            @Nullable Instant startedOn,
            @Nullable Instant endedOn) {

        /** The script of the custom source method. */
        public String script() {
            return String.valueOf(source.get("script"));
        }

        Build with(String newSourceState, Map<String, String> newChroots) {
            return new Build(
                    id,
                    state,
                    ownername,
                    projectname,
                    submitter,
                    newSourceState,
                    newChroots,
                    source,
                    packageName,
                    packageVersion,
                    submittedOn,
                    startedOn,
                    endedOn);
        }

        Build with(String newState, @Nullable Instant started, @Nullable Instant ended) {
            return new Build(
                    id,
                    newState,
                    ownername,
                    projectname,
                    submitter,
                    sourceState,
                    chroots,
                    source,
                    packageName,
                    packageVersion,
                    submittedOn,
                    started,
                    ended);
        }
    }

    private static final String LOGIN = "simulated-login";
    private static final String TOKEN = "simulated-token";

    private final CoprBuilds builds = new CoprBuilds();
    private final CoprLifeCycle lifeCycle;
    private final CoprApi api;

    /** A Copr on any free port that publishes on this bus; without a bus it builds silently. */
    public CoprSimulator(@Nullable BusSimulator bus) {
        this(0, bus);
    }

    /** @param port 0 takes any free one */
    public CoprSimulator(int port, @Nullable BusSimulator bus) {
        super(port);
        this.lifeCycle = new CoprLifeCycle(builds, bus == null ? null : new CoprMessages(bus));
        lifeCycle.step(Duration.ofMillis(300));
        this.api = new CoprApi(builds, lifeCycle, LOGIN, TOKEN);
        route("GET", "/api_3", request -> Response.json(200, Map.of("version", 3)));
        route("GET", "/results/{owner}/{project}/srpm-builds/{id}/{file}", CoprSimulator::sourcePackage);
        api.addTo(this);
        startListening();
    }

    /** The login of the API token. */
    public String login() {
        return LOGIN;
    }

    /** The API token. */
    public String token() {
        return TOKEN;
    }

    /** The user whom the API token belongs to; {@code packit} unless changed. */
    public CoprSimulator user(String name) {
        api.user(name);
        return this;
    }

    /** Copr builds for one more chroot. Many Fedora, EPEL and CentOS Stream chroots are there from the beginning. */
    public CoprSimulator addChroot(String name) {
        api.addChroot(name);
        return this;
    }

    /** From now on builds take this long from each message to the next. */
    public CoprSimulator step(Duration length) {
        lifeCycle.step(length);
        return this;
    }

    /** From now on builds move only by {@link #startSource} and its companions. */
    public CoprSimulator stepByHand() {
        lifeCycle.step(null);
        return this;
    }

    /** Builds that move by themselves fail in this chroot; {@code srpm-builds} means the source build. */
    public CoprSimulator fail(String chroot) {
        lifeCycle.fail(chroot);
        return this;
    }

    /** From now on builds move, but nobody hears of it. */
    public CoprSimulator loseMessages() {
        lifeCycle.messages(true);
        return this;
    }

    /** What happens from now on is told on the bus again. */
    public CoprSimulator tellMessages() {
        lifeCycle.messages(false);
        return this;
    }

    /** Somebody deletes a build. */
    public void deleteBuild(long id) {
        builds.delete(id);
    }

    /** Creates a project, or gives it these chroots. */
    public CoprSimulator addProject(String owner, String name, String... chroots) {
        builds.putProject(owner, name, List.of(chroots), new LinkedHashMap<>());
        return this;
    }

    /** The owner of a project lets these repositories build there, and no others that are named with a build. */
    public CoprSimulator allow(String owner, String name, String... repositories) {
        builds.putProject(
                owner,
                name,
                chroots(owner, name),
                new LinkedHashMap<>(Map.of("packit_forge_projects_allowed", List.of(repositories))));
        return this;
    }

    /** All projects as owner/name, sorted. */
    public List<String> projects() {
        return builds.projects().stream()
                .map(project -> project.ownername() + "/" + project.name())
                .toList();
    }

    /** The chroots of a project; empty when there is no such project. */
    public List<String> chroots(String owner, String project) {
        return builds.project(owner, project).map(CoprBuilds.Project::chroots).orElse(List.of());
    }

    /** What a project was given in forms; empty when there is no such project. */
    public Map<String, @Nullable Object> settings(String owner, String project) {
        return builds.project(owner, project).map(CoprBuilds.Project::settings).orElse(Map.of());
    }

    /** What a chroot of a project was given in forms; empty for nothing. */
    public Map<String, @Nullable Object> settings(String owner, String project, String chroot) {
        return builds.project(owner, project)
                .map(found -> builds.chroot(found, chroot))
                .orElse(Map.of());
    }

    /** All builds, oldest first. */
    public List<Build> builds() {
        return builds.builds();
    }

    /** One build. */
    public Optional<Build> build(long id) {
        return builds.build(id);
    }

    /** The source build begins. A step that is already over does nothing and publishes nothing. */
    public void startSource(long id) {
        lifeCycle.startSource(id);
    }

    /** The source build ends. After a failure the chroots are never built. */
    public void endSource(long id, boolean succeeded) {
        lifeCycle.endSource(id, succeeded);
    }

    /** The build of one chroot begins. */
    public void start(long id, String chroot) {
        lifeCycle.start(id, chroot);
    }

    /** The build of one chroot ends; it need not have begun (Copr loses messages). */
    public void end(long id, String chroot, boolean succeeded) {
        lifeCycle.end(id, chroot, succeeded);
    }

    /** Takes a build through all its remaining steps at once. */
    public void finishBuild(long id, boolean succeeded) {
        lifeCycle.startSource(id);
        lifeCycle.endSource(id, true);
        for (String chroot : builds.build(id).orElseThrow().chroots().keySet()) {
            lifeCycle.start(id, chroot);
            lifeCycle.end(id, chroot, succeeded);
        }
    }

    /** A source package that is none, but says which one it should be. */
    private static Response sourcePackage(Request request) {
        return new Response(
                200, Map.of("Content-Type", "application/x-rpm"), "source package " + request.parameter("file"));
    }

    @Override
    public void close() {
        lifeCycle.close();
        super.close();
    }

    @Override
    Response unknownPath(Request request) {
        return Response.json(404, Map.of("error", "Such API endpoint doesn't exist"));
    }
}
