package dev.forgeway.service.koji;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.ServiceUri;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Koji's tags over HTTP. The methods and their arguments are those of the hub's own list,
 * https://koji.fedoraproject.org/koji/api, and of its plugin for side tags,
 * https://docs.pagure.org/koji/plugins/sidetag/.
 */
public final class HttpKojiTags implements KojiTags {

    private static final NullNode ANY = NullNode.getInstance();

    /** FREE, OPEN and ASSIGNED. */
    private static final List<Integer> OPEN = List.of(0, 1, 4);

    private final KojiHub hub;
    private final URI webUrl;

    /** @param http with the certificate that the hub knows us by */
    public HttpKojiTags(KojiSettings settings, ServiceHttp http) {
        this.hub = new KojiHub(settings.url(), http, http);
        this.webUrl = settings.webUrl();
    }

    /** The arguments of {@code listSideTags} are the base tag and a user. */
    @Override
    public List<SideTag> sideTags(String target) {
        JsonNode user = hub.command("user-find", "getLoggedInUser").path("id");
        List<SideTag> found = new ArrayList<>();
        hub.ask("side-tag-list", "listSideTags", base(target), user)
                .forEach(tag -> found.add(
                        new SideTag(tag.path("name").asText(), tag.path("id").asLong())));
        return List.copyOf(found);
    }

    @Override
    public SideTag createSideTag(String target) {
        JsonNode made = hub.command("side-tag-create", "createSideTag", base(target));
        String name = made.path("name").asText();
        if (name.isEmpty()) {
            throw new TransientException("Koji answered without the name of a side tag");
        }
        return new SideTag(name, made.path("id").asLong());
    }

    private JsonNode base(String target) {
        return tagOf(target, "build_tag_name");
    }

    private JsonNode tagOf(String target, String field) {
        String tag = hub.ask("target-find", "getBuildTarget", TextNode.valueOf(target))
                .path(field)
                .asText();
        if (tag.isEmpty()) {
            throw new UserErrorException("Koji has no target " + target);
        }
        return TextNode.valueOf(tag);
    }

    @Override
    public void removeSideTag(String name) {
        if (exists(name)) {
            hub.command("side-tag-remove", "removeSideTag", TextNode.valueOf(name));
        }
    }

    @Override
    public boolean exists(String tag) {
        return hub.ask("tag-find", "getTag", TextNode.valueOf(tag)).isObject();
    }

    /** The arguments of {@code listTagged} are a tag, an event, whether to inherit, a prefix, and whether the newest alone. */
    @Override
    public Map<String, String> builds(String tag) {
        Map<String, String> builds = new LinkedHashMap<>();
        JsonNode found = hub.ask(
                "build-find", "listTagged", TextNode.valueOf(tag), ANY, BooleanNode.FALSE, ANY, BooleanNode.TRUE);
        found.forEach(build -> builds.put(
                build.path("package_name").asText(), build.path("nvr").asText()));
        return builds;
    }

    /** The nearest of the tags comes first, and the newest build is looked for in it and in what it inherits. */
    @Override
    public Optional<String> newestReleased(String target, String packageName) {
        JsonNode candidates = tagOf(target, "dest_tag_name");
        for (JsonNode ancestor : hub.ask("tag-list", "getFullInheritance", candidates)) {
            String tag = ancestor.path("name").asText();
            if (!tag.contains("-") || tag.endsWith("-updates")) {
                String nvr = hub.ask(
                                "build-find",
                                "listTagged",
                                TextNode.valueOf(tag),
                                ANY,
                                BooleanNode.TRUE,
                                ANY,
                                BooleanNode.TRUE,
                                TextNode.valueOf(packageName))
                        .path(0)
                        .path("nvr")
                        .asText();
                return nvr.isEmpty() ? Optional.empty() : Optional.of(nvr);
            }
        }
        return Optional.empty();
    }

    /** The first arguments of the task are the numbers of the tag and the build; its states are those of {@link HttpKoji}. */
    @Override
    public Optional<KojiTask> findTagging(String tag, String nvr) {
        JsonNode tagId = hub.ask("tag-find", "getTag", TextNode.valueOf(tag)).path("id");
        JsonNode build =
                hub.ask("build-find", "getBuild", TextNode.valueOf(nvr)).path("id");
        ObjectNode which = JsonNodeFactory.instance
                .objectNode()
                .put("method", "tagBuild")
                .put("decode", true)
                .set("owner", hub.command("user-find", "getLoggedInUser").path("id"));
        OPEN.forEach(which.withArray("state")::add);
        for (JsonNode task : hub.command("task-list", "listTasks", which)) {
            JsonNode request = task.path("request");
            if (request.path(0).equals(tagId) && request.path(1).equals(build)) {
                return Optional.of(task(task.path("id").asLong()));
            }
        }
        return Optional.empty();
    }

    @Override
    public KojiTask tagBuild(String tag, String nvr) {
        JsonNode id = hub.command("build-tag", "tagBuild", TextNode.valueOf(tag), TextNode.valueOf(nvr));
        if (!id.isIntegralNumber()) {
            throw new TransientException("Koji answered without the id of a task");
        }
        return task(id.asLong());
    }

    private KojiTask task(long id) {
        String task = Long.toString(id);
        String page = ServiceUri.at(webUrl)
                .path("taskinfo")
                .query("taskID", task)
                .toUri()
                .toString();
        return new KojiTask(task, "free", page);
    }

    @Override
    public List<String> tagsOf(String nvr) {
        List<String> names = new ArrayList<>();
        hub.ask("tag-list", "listTags", TextNode.valueOf(nvr))
                .forEach(tag -> names.add(tag.path("name").asText()));
        return List.copyOf(names);
    }

    /** The first argument of the task that made the build. */
    @Override
    public Optional<String> sourceOf(String nvr) {
        JsonNode task = hub.ask("build-find", "getBuild", TextNode.valueOf(nvr)).path("task_id");
        if (!task.isIntegralNumber()) {
            return Optional.empty();
        }
        String source = hub.ask("task-find", "getTaskInfo", LongNode.valueOf(task.asLong()), BooleanNode.TRUE)
                .path("request")
                .path(0)
                .asText();
        return source.isEmpty() ? Optional.empty() : Optional.of(source);
    }
}
