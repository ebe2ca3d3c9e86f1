package dev.forgeway.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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

    private static final List<String> STATES = List.of("FREE", "OPEN", "CLOSED", "CANCELED", "ASSIGNED", "FAILED");
    private static final Set<String> OVER = Set.of("CLOSED", "CANCELED", "FAILED");
    private static final String TOPIC = "org.fedoraproject.prod.buildsys.task.state.change";
    private static final String TAG_TOPIC = "org.fedoraproject.prod.buildsys.tag";
    private static final String HUB = "/kojihub";
    private static final String BUILD = "build";
    private static final long USER = 4321;
    private static final long SOMEBODY_ELSE = 4322;
    private static final long FIRST_TASK = 100_000_001;
    private static final int GENERIC = 1000;
    private static final int AUTH_ERROR = 1002;
    private static final int AUTH_EXPIRED = 1007;

    private final @Nullable BusSimulator bus;
    private final Map<Long, Task> tasks = new LinkedHashMap<>();
    private final Map<String, String> uploads = new ConcurrentHashMap<>();
    private final Map<String, String> sessions = new ConcurrentHashMap<>();
    private final KojiTags tags = new KojiTags();
    private volatile String user = "packit";
    private volatile boolean losesMessages;

    /** A Koji on any free port that publishes on this bus; without a bus it builds silently. */
    public KojiSimulator(@Nullable BusSimulator bus) {
        super(0);
        this.bus = bus;
        route("POST", HUB, this::hub);
        route("POST", HUB + "/ssllogin", this::login);
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
    public synchronized List<Task> tasks() {
        return List.copyOf(tasks.values());
    }

    /** What was uploaded under a path; null where nothing was. */
    public @Nullable String upload(String path) {
        return uploads.get(path);
    }

    /** Nobody is logged in any more. */
    public void expireSessions() {
        sessions.replaceAll((id, key) -> "");
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

    /** A side tag is removed, as when nobody used it for long. */
    public void removeSideTag(String name) {
        tags.removeSideTag(name);
    }

    /** Somebody else builds something, for us to leave alone. */
    public synchronized Task buildOfSomebodyElse(String source, String target) {
        return add(source, target, true, SOMEBODY_ELSE);
    }

    /** A task gets another state, in Koji's words; what is over stays as it is. */
    public void move(long id, String state) {
        Task before;
        synchronized (this) {
            before = Optional.ofNullable(tasks.get(id)).orElseThrow();
            if (OVER.contains(before.state())) {
                return;
            }
            tasks.put(id, before.moved(state));
        }
        tagBuilt(before.moved(state));
        if (!losesMessages) {
            tell(before.moved(state), before.state());
        }
    }

    private void tagBuilt(Task task) {
        if (task.state().equals("CLOSED") && !task.scratch()) {
            tag(tags.destination(task.target()), packageOf(task), nvrOf(task), task.id());
        }
    }

    /** The message's schema: https://pypi.org/project/koji-fedoramessaging-messages/. */
    private void tag(String tag, String packageName, String nvr, long build) {
        tags.add(tag, packageName, nvr);
        if (bus == null || losesMessages) {
            return;
        }
        String[] parts = nvr.substring(packageName.length() + 1).split("-", 2);
        Map<String, @Nullable Object> body = Json.object(
                "build_id", build, "name", packageName, "version", parts[0], "release", parts[1], "tag", tag);
        body.putAll(Json.object("tag_id", tags.id(tag), "instance", "primary", "user", user, "owner", user));
        bus.publish(TAG_TOPIC, Json.write(body));
    }

    /** Says once more how a task stands, as after a repetition on the way. */
    public void tellAgain(long id, String state, String before) {
        tell(Optional.ofNullable(tasks.get(id)).orElseThrow().moved(state), before);
    }

    /** The message's schema: https://pypi.org/project/koji-fedoramessaging-messages/. */
    private void tell(Task task, String before) {
        if (bus == null) {
            return;
        }
        Map<String, @Nullable Object> info = Json.object(
                "id", task.id(), "method", BUILD, "owner", task.owner(), "state", STATES.indexOf(task.state()));
        info.put("request", List.of(task.source(), task.target(), Map.of("scratch", task.scratch())));
        info.put("start_ts", task.created().getEpochSecond());
        info.put("completion_ts", OVER.contains(task.state()) ? Instant.now().getEpochSecond() : null);
        Map<String, @Nullable Object> body = Json.object("id", task.id(), "method", BUILD, "attribute", "state");
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

    private Response login(Request request) {
        KojiXml.Call call = KojiXml.read(request.body());
        if (!call.method().equals("sslLogin")) {
            return KojiXml.fault(GENERIC, "Invalid method: " + call.method());
        }
        String id = Integer.toString(sessions.size() + 1);
        String key = id + "-" + UUID.randomUUID();
        sessions.put(id, key);
        return KojiXml.answer(Json.object("session-id", Integer.valueOf(id), "session-key", key, "header-auth", true));
    }

    private Response hub(Request request) {
        if ("application/octet-stream".equals(request.header("content-type"))) {
            return authenticated(request, () -> store(request));
        }
        KojiXml.Call call = KojiXml.read(request.body());
        List<@Nullable Object> given = call.parameters();
        return switch (call.method()) {
            case "getTaskInfo" -> KojiXml.answer(info(number(given, 0)));
            case "listTasks" -> KojiXml.answer(list(given));
            case "listBuilds" -> KojiXml.answer(buildsOf(number(given, 2)));
            case "getBuildTarget" -> KojiXml.answer(tags.target(String.valueOf(given.get(0))));
            case "listTagged" -> KojiXml.answer(tags.list(given));
            case "getLoggedInUser" ->
                authenticated(request, () -> KojiXml.answer(Json.object("id", USER, "name", user)));
            case "getTag" -> KojiXml.answer(tags.tag(String.valueOf(given.get(0))));
            case "getBuild" -> KojiXml.answer(buildNamed(String.valueOf(given.get(0))));
            case "listSideTags" -> KojiXml.answer(tags.listSideTags(given.get(0), USER));
            case "createSideTag" ->
                authenticated(request, () -> KojiXml.answer(tags.createSideTag(String.valueOf(given.get(0)))));
            case "build" -> authenticated(request, () -> build(given));
            case "cancelTask" -> authenticated(request, () -> cancel(number(given, 0)));
            default -> KojiXml.fault(GENERIC, "Invalid method: " + call.method());
        };
    }

    private interface Work {
        Response perform();
    }

    private Response authenticated(Request request, Work work) {
        String id = request.header("koji-session-id");
        String key = id == null ? null : sessions.get(id);
        if (key == null || key.isEmpty()) {
            return key == null
                    ? KojiXml.fault(AUTH_ERROR, "Invalid session or bad credentials")
                    : KojiXml.fault(AUTH_EXPIRED, "session \"" + id + "\" has expired");
        }
        return key.equals(request.header("koji-session-key"))
                ? work.perform()
                : KojiXml.fault(AUTH_ERROR, "Invalid session or bad credentials");
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

    private synchronized Response build(List<@Nullable Object> given) {
        String source = String.valueOf(given.get(0));
        String target = String.valueOf(given.get(1));
        boolean scratch = given.get(2) instanceof Map<?, ?> options && Boolean.TRUE.equals(options.get("scratch"));
        if (!tags.knows(target)) {
            return KojiXml.fault(GENERIC, "Invalid build target: " + target);
        }
        return KojiXml.answer(add(source, target, scratch, USER).id());
    }

    private Task add(String source, String target, boolean scratch, long owner) {
        long id = FIRST_TASK + tasks.size();
        Task task = new Task(id, source, target, scratch, "FREE", owner, Instant.now());
        tasks.put(id, task);
        return task;
    }

    private Response cancel(long id) {
        move(id, "CANCELED");
        return KojiXml.answer(null);
    }

    private synchronized @Nullable Map<String, @Nullable Object> info(long id) {
        Task task = tasks.get(id);
        return task == null ? null : json(task);
    }

    /** A build is named after its package and task. */
    private synchronized List<Map<String, @Nullable Object>> buildsOf(long task) {
        Task made = tasks.get(task);
        if (made == null || made.scratch() || !made.state().equals("CLOSED")) {
            return List.of();
        }
        return List.of(Json.object("nvr", nvrOf(made), "task_id", task, "state", 1));
    }

    private static String packageOf(Task task) {
        return task.source().replaceFirst(".*/", "").replaceFirst("\\.git#.*", "");
    }

    private static String nvrOf(Task task) {
        return packageOf(task) + "-1.0-" + task.id();
    }

    /** Null for one that no task of ours made. */
    private synchronized @Nullable Map<String, @Nullable Object> buildNamed(String nvr) {
        return tasks.values().stream()
                .filter(task -> nvrOf(task).equals(nvr))
                .findFirst()
                .map(task -> Json.object("nvr", nvr, "task_id", task.id(), "state", 1))
                .orElse(null);
    }

    /** Newest first, as {@code listTasks} does it when it is asked for that order. */
    private List<Map<String, @Nullable Object>> list(List<@Nullable Object> given) {
        Map<?, ?> which = given.get(0) instanceof Map<?, ?> opts ? opts : Map.of();
        Map<?, ?> how = given.size() > 1 && given.get(1) instanceof Map<?, ?> queryOpts ? queryOpts : Map.of();
        return tasks().stream()
                .filter(task -> isAmong(which, task))
                .sorted(Comparator.comparing(Task::id).reversed())
                .limit(how.get("limit") instanceof Long limit ? limit : Long.MAX_VALUE)
                .map(KojiSimulator::json)
                .toList();
    }

    private static boolean isAmong(Map<?, ?> which, Task task) {
        Object method = which.get("method");
        return (method == null || method.equals(BUILD))
                && (!(which.get("owner") instanceof Long owner) || owner == task.owner())
                && (!(which.get("createdAfter") instanceof Long after)
                        || task.created().isAfter(Instant.ofEpochSecond(after)));
    }

    private static Map<String, @Nullable Object> json(Task task) {
        Map<String, @Nullable Object> json = Json.object(
                "id", task.id(), "state", STATES.indexOf(task.state()), "method", BUILD, "owner", task.owner());
        json.put("request", List.of(task.source(), task.target(), Map.of("scratch", task.scratch())));
        json.put("create_ts", task.created().getEpochSecond());
        return json;
    }

    private static long number(List<@Nullable Object> given, int index) {
        return given.get(index) instanceof Long number ? number : -1;
    }
}
