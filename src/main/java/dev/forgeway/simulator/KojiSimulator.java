package dev.forgeway.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/**
 * Koji: the part of its hub's API over XML-RPC (https://koji.fedoraproject.org/koji/api) that somebody who starts builds
 * needs, with its plugin for side tags, and the messages that it publishes about their tasks and about what is tagged. Tasks move by hand. Whoever logs in is the same user: without
 * TLS there is no certificate to look at. Uploads are kept as texts.
 */
public final class KojiSimulator extends HttpSimulator {

    /**
     * A build task as it stands now.
     *
     * @param state in Koji's words
     * @param owner the number of the user who started it
     */
    public record Task(
            long id, String source, String target, boolean scratch, String state, long owner, Instant created) {

        Task moved(String newState) {
            return new Task(id, source, target, scratch, newState, owner, created);
        }
    }

    private static final Set<String> OVER = Set.of("CLOSED", "CANCELED", "FAILED");
    private static final String TOPIC = "org.fedoraproject.prod.buildsys.task.state.change";
    private static final String TAG_TOPIC = "org.fedoraproject.prod.buildsys.tag";
    private static final String HUB = "/kojihub";
    private static final long USER = 4321;
    private static final long SOMEBODY_ELSE = 4322;
    private static final int GENERIC = 1000;

    private final @Nullable BusSimulator bus;
    private final KojiTasks tasks = new KojiTasks();
    private final Map<String, String> uploads = new ConcurrentHashMap<>();
    private final KojiSessions sessions = new KojiSessions();
    private final KojiTags tags = new KojiTags();
    private final KojiTaggings taggings =
            new KojiTaggings(tags, task -> tag(task.tag(), task.packageName(), task.nvr(), task.id()));
    private volatile String user = "packit";
    private volatile boolean losesMessages;

    /** A Koji on any free port that publishes on this bus; without a bus it builds silently. */
    public KojiSimulator(@Nullable BusSimulator bus) {
        super(0);
        this.bus = bus;
        route("POST", HUB, this::hub);
        route("POST", HUB + "/ssllogin", sessions::login);
        startListening();
    }

    /** The address of the hub. */
    public String hubUrl() {
        return url() + HUB;
    }

    /** The user that everybody is; {@code packit} unless changed. */
    public KojiSimulator user(String name) {
        this.user = name;
        return this;
    }

    /** All tasks, oldest first. */
    public List<Task> tasks() {
        return tasks.all();
    }

    /** The tasks that tag builds. */
    public KojiTaggings taggings() {
        return taggings;
    }

    /** What was uploaded under a path; null where nothing was. */
    public @Nullable String upload(String path) {
        return uploads.get(path);
    }

    /** Nobody is logged in any more. */
    public void expireSessions() {
        sessions.expire();
    }

    /** From now on tasks move, but nobody hears of it. */
    public KojiSimulator loseMessages() {
        this.losesMessages = true;
        return this;
    }

    /** What happens from now on is told on the bus again. */
    public KojiSimulator tellMessages() {
        this.losesMessages = false;
        return this;
    }

    /** A build of a package is in a tag, as the newest one; nobody hears of it. */
    public KojiSimulator tagged(String tag, String packageName, String nvr) {
        tags.add(tag, packageName, nvr);
        return this;
    }

    /** The names of the side tags, oldest first. */
    public List<String> sideTags() {
        return tags.sideTags();
    }

    /** The newest build of each package in a tag, by the package. */
    public Map<String, String> builds(String tag) {
        return tags.builds(tag);
    }

    /** A side tag is removed, as when nobody used it for long. */
    public void removeSideTag(String name) {
        tags.removeSideTag(name);
    }

    /** Somebody else builds something, for us to leave alone. */
    public Task buildOfSomebodyElse(String source, String target) {
        return tasks.add(source, target, true, SOMEBODY_ELSE);
    }

    /** A task gets another state, in Koji's words; what is over stays as it is. */
    public void move(long id, String state) {
        Task before;
        synchronized (this) {
            before = tasks.get(id);
            if (OVER.contains(before.state())) {
                return;
            }
            tasks.put(before.moved(state));
        }
        tagBuilt(before.moved(state));
        if (!losesMessages) {
            tell(before.moved(state), before.state());
        }
    }

    private void tagBuilt(Task task) {
        if (task.state().equals("CLOSED") && !task.scratch()) {
            tag(tags.destination(task.target()), KojiTasks.packageOf(task), KojiTasks.nvrOf(task), task.id());
        }
    }

    private void tag(String tag, String packageName, String nvr, long build) {
        tags.add(tag, packageName, nvr);
        if (!losesMessages) {
            tellTagged(tag, packageName, nvr, build);
        }
    }

    /**
     * Says on the bus that a build was tagged (https://pypi.org/project/koji-fedoramessaging-messages/); returns the id of
     * the message.
     */
    public String tellTagged(String tag, String packageName, String nvr, long build) {
        if (bus == null) {
            return "";
        }
        String[] parts = nvr.substring(packageName.length() + 1).split("-", 2);
        Map<String, @Nullable Object> body = Json.object(
                "build_id", build, "name", packageName, "version", parts[0], "release", parts[1], "tag", tag);
        body.putAll(Json.object("tag_id", tags.id(tag), "instance", "primary", "user", user, "owner", user));
        return bus.publish(TAG_TOPIC, Json.write(body));
    }

    /** Says once more how a task stands, as after a repetition on the way. */
    public void tellAgain(long id, String state, String before) {
        tell(tasks.get(id).moved(state), before);
    }

    /** The message's schema: https://pypi.org/project/koji-fedoramessaging-messages/. */
    private void tell(Task task, String before) {
        if (bus == null) {
            return;
        }
        Map<String, @Nullable Object> info = Json.object(
                "id",
                task.id(),
                "method",
                KojiTasks.BUILD,
                "owner",
                task.owner(),
                "state",
                KojiTasks.STATES.indexOf(task.state()));
        info.put("request", List.of(task.source(), task.target(), Map.of("scratch", task.scratch())));
        info.put("start_ts", task.created().getEpochSecond());
        info.put("completion_ts", OVER.contains(task.state()) ? Instant.now().getEpochSecond() : null);
        Map<String, @Nullable Object> body =
                Json.object("id", task.id(), "method", KojiTasks.BUILD, "attribute", "state");
        body.putAll(Json.object("old", before, "new", task.state(), "owner", user, "instance", "primary"));
        body.putAll(Json.object("srpm", task.source().substring(task.source().lastIndexOf('/') + 1), "info", info));
        bus.publish(TOPIC, Json.write(body));
    }

    /** {@code POST /kojihub build <source>}: the hub has one address for all its methods. */
    @Override
    String line(Request request) {
        if (!request.target().equals(HUB)) {
            return request.line();
        }
        KojiXml.Call call = KojiXml.read(request.body());
        return request.line() + " " + call.method()
                + (call.parameters().isEmpty() ? "" : " " + call.parameters().get(0));
    }

    @Override
    Response unknownPath(Request request) {
        return Response.html(404, "<h1>Not Found</h1>");
    }

    private Response hub(Request request) {
        if ("application/octet-stream".equals(request.header("content-type"))) {
            return sessions.authenticated(request, () -> store(request));
        }
        KojiXml.Call call = KojiXml.read(request.body());
        List<@Nullable Object> given = call.parameters();
        return switch (call.method()) {
            case "getTaskInfo" -> KojiXml.answer(tasks.info(number(given, 0)));
            case "listTasks" -> KojiXml.answer(KojiTaggings.areMeant(given) ? taggings.list(USER) : tasks.list(given));
            case "listBuilds" -> KojiXml.answer(tasks.buildsOf(number(given, 2)));
            case "getBuildTarget" -> KojiXml.answer(tags.target(String.valueOf(given.get(0))));
            case "listTagged" -> KojiXml.answer(tags.list(given));
            case "getLoggedInUser" ->
                sessions.authenticated(request, () -> KojiXml.answer(Json.object("id", USER, "name", user)));
            case "getTag" -> KojiXml.answer(tags.tag(String.valueOf(given.get(0))));
            case "getBuild" -> KojiXml.answer(tags.build(String.valueOf(given.get(0)), tasks));
            case "listSideTags" -> KojiXml.answer(tags.listSideTags(given.get(0), USER));
            case "getFullInheritance" -> KojiXml.answer(tags.inheritance(String.valueOf(given.get(0))));
            case "tagBuild" ->
                sessions.authenticated(
                        request, () -> tagBuild(String.valueOf(given.get(0)), String.valueOf(given.get(1))));
            case "listTags" -> KojiXml.answer(tags.tagsOf(String.valueOf(given.get(0))));
            case "removeSideTag" -> sessions.authenticated(request, () -> remove(String.valueOf(given.get(0))));
            case "createSideTag" ->
                sessions.authenticated(request, () -> KojiXml.answer(tags.createSideTag(String.valueOf(given.get(0)))));
            case "build" -> sessions.authenticated(request, () -> build(given));
            case "cancelTask" -> sessions.authenticated(request, () -> cancel(number(given, 0)));
            default -> KojiXml.fault(GENERIC, "Invalid method: " + call.method());
        };
    }

    private Response store(Request request) {
        String path = request.query().get("filepath") + "/" + request.query().get("filename");
        int offset = request.number("offset", 0);
        boolean overwrite = "1".equals(request.query().get("overwrite"));
        if (offset == 0 && !overwrite && uploads.containsKey(path)) {
            return KojiXml.fault(GENERIC, "upload path exists: " + path);
        }
        uploads.merge(path, request.body(), (there, more) -> offset == 0 ? more : there + more);
        Adler32 sum = new Adler32();
        byte[] bytes = request.body().getBytes(StandardCharsets.UTF_8);
        sum.update(bytes);
        return KojiXml.answer(Json.object(
                "size", bytes.length, "hexdigest", String.format(Locale.ROOT, "%08x", sum.getValue()), "path", path));
    }

    private Response build(List<@Nullable Object> given) {
        String source = String.valueOf(given.get(0));
        String target = String.valueOf(given.get(1));
        boolean scratch = given.get(2) instanceof Map<?, ?> options && Boolean.TRUE.equals(options.get("scratch"));
        if (!tags.knows(target)) {
            return KojiXml.fault(GENERIC, "Invalid build target: " + target);
        }
        return KojiXml.answer(tasks.add(source, target, scratch, USER).id());
    }

    private Response tagBuild(String tag, String nvr) {
        return tags.tag(tag) == null
                ? KojiXml.fault(GENERIC, "No such entry in table tag: " + tag)
                : KojiXml.answer(taggings.add(tag, nvr));
    }

    private Response remove(String sideTag) {
        return tags.removeSideTag(sideTag)
                ? KojiXml.answer(null)
                : KojiXml.fault(GENERIC, "No such entry in table tag: " + sideTag);
    }

    private Response cancel(long id) {
        move(id, "CANCELED");
        return KojiXml.answer(null);
    }

    private static long number(List<@Nullable Object> given, int index) {
        return given.get(index) instanceof Long number ? number : -1;
    }
}
