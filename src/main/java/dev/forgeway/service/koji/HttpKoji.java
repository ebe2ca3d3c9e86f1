package dev.forgeway.service.koji;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.ServiceUri;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Adler32;

/** Koji over HTTP. The methods and their arguments are those of the hub's own list, https://koji.fedoraproject.org/koji/api. */
public final class HttpKoji implements Koji {

    /** So much at a time, as Koji's own client does it. */
    private static final int PART = 1024 * 1024;

    private static final int NEWEST = 200;

    private static final List<String> STATES = List.of("free", "open", "closed", "canceled", "assigned", "failed");

    private final KojiHub hub;
    private final URI webUrl;

    /**
     * @param http with the certificate that the hub knows us by
     * @param files the same, for parts of files
     */
    public HttpKoji(KojiSettings settings, ServiceHttp http, ServiceHttp files) {
        this.hub = new KojiHub(settings.url(), http, files);
        this.webUrl = settings.webUrl();
    }

    @Override
    public String upload(Path sourcePackage, String folder) {
        String name = String.valueOf(sourcePackage.getFileName());
        try (InputStream in = Files.newInputStream(sourcePackage)) {
            long offset = 0;
            for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
                uploadPart(folder, name, offset, part);
                offset += part.length;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder + "/" + name;
    }

    private void uploadPart(String folder, String name, long offset, byte[] part) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("filepath", folder);
        query.put("filename", name);
        query.put("offset", Long.toString(offset));
        query.put("fileverify", "adler32");
        query.put("overwrite", "1");
        JsonNode stored = hub.upload(query, part);
        Adler32 sum = new Adler32();
        sum.update(part);
        String expected = String.format(Locale.ROOT, "%08x", sum.getValue());
        if (stored.path("size").asLong() != part.length
                || !stored.path("hexdigest").asText().equalsIgnoreCase(expected)) {
            throw new TransientException("Koji stored other bytes of " + name + " than were sent");
        }
    }

    @Override
    public KojiTask build(String source, String target, boolean scratch) {
        JsonNode options = JsonNodeFactory.instance.objectNode().put("scratch", scratch);
        JsonNode id = hub.command("build", "build", TextNode.valueOf(source), TextNode.valueOf(target), options);
        if (!id.isIntegralNumber()) {
            throw new TransientException("Koji answered without the id of a task");
        }
        return task(id.asLong(), "free");
    }

    /** Looks through our own newest builds. */
    @Override
    public Optional<KojiTask> findBySource(String source, String target, Instant since) {
        long owner = hub.command("user-find", "getLoggedInUser").path("id").asLong();
        JsonNode which = JsonNodeFactory.instance
                .objectNode()
                .put("method", "build")
                .put("owner", owner)
                .put("createdAfter", since.getEpochSecond())
                .put("decode", true);
        JsonNode how = JsonNodeFactory.instance.objectNode().put("order", "-id").put("limit", NEWEST);
        for (JsonNode task : hub.command("task-list", "listTasks", which, how)) {
            JsonNode request = task.path("request");
            if (request.path(0).asText().startsWith(source)
                    && request.path(1).asText().equals(target)) {
                return Optional.of(task(task.path("id").asLong(), state(task)));
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<KojiTask> find(String id) {
        if (!id.matches("\\d{1,18}")) {
            return Optional.empty();
        }
        JsonNode info = hub.ask("task-find", "getTaskInfo", number(id));
        return info.isObject() ? Optional.of(task(Long.parseLong(id), state(info))) : Optional.empty();
    }

    /** The arguments of {@code listBuilds} are a package, a user and a task. */
    @Override
    public Optional<String> buildOf(String taskId) {
        NullNode any = NullNode.getInstance();
        String nvr = hub.ask("build-find", "listBuilds", any, any, number(taskId))
                .path(0)
                .path("nvr")
                .asText();
        return nvr.isEmpty() ? Optional.empty() : Optional.of(nvr);
    }

    /** The arguments of {@code listTagged} are a tag, an event, whether to inherit, a prefix, whether the newest alone, and a package. */
    @Override
    public Optional<String> newestBuild(String target, String packageName) {
        String tag = hub.ask("target-find", "getBuildTarget", TextNode.valueOf(target))
                .path("dest_tag_name")
                .asText();
        if (tag.isEmpty()) {
            throw new UserErrorException("Koji has no target " + target);
        }
        NullNode any = NullNode.getInstance();
        JsonNode found = hub.ask(
                "build-find",
                "listTagged",
                TextNode.valueOf(tag),
                any,
                BooleanNode.FALSE,
                any,
                BooleanNode.TRUE,
                TextNode.valueOf(packageName));
        String nvr = found.path(0).path("nvr").asText();
        return nvr.isEmpty() ? Optional.empty() : Optional.of(nvr);
    }

    @Override
    public boolean cancel(String id) {
        Optional<KojiTask> task = find(id);
        boolean ended = task.isPresent()
                && List.of("closed", "failed").contains(task.get().state());
        if (!ended && task.isPresent()) {
            hub.command("task-cancel", "cancelTask", number(id));
        }
        return !ended;
    }

    private static JsonNode number(String id) {
        return LongNode.valueOf(Long.parseLong(id));
    }

    private static String state(JsonNode task) {
        int number = task.path("state").asInt(-1);
        return number >= 0 && number < STATES.size() ? STATES.get(number) : "unknown";
    }

    private KojiTask task(long id, String state) {
        return new KojiTask(
                Long.toString(id),
                state,
                ServiceUri.at(webUrl)
                        .path("taskinfo")
                        .query("taskID", id)
                        .toUri()
                        .toString());
    }
}
