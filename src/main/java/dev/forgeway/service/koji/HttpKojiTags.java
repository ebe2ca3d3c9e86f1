package dev.forgeway.service.koji;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.service.http.ServiceHttp;
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

    private final KojiHub hub;

    /** @param http with the certificate that the hub knows us by */
    public HttpKojiTags(URI url, ServiceHttp http) {
        this.hub = new KojiHub(url, http);
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
        String tag = hub.ask("target-find", "getBuildTarget", TextNode.valueOf(target))
                .path("build_tag_name")
                .asText();
        if (tag.isEmpty()) {
            throw new UserErrorException("Koji has no target " + target);
        }
        return TextNode.valueOf(tag);
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
