package dev.forgeway.decide.parse;

import dev.forgeway.event.Event;
import dev.forgeway.event.KojiBuildEvent;
import dev.forgeway.event.KojiTagEvent;
import dev.forgeway.event.KojiTaskEvent;
import dev.forgeway.event.KojiWork;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Koji's messages, as its <a href="https://pypi.org/project/koji-fedoramessaging-messages/">message schemas</a> define
 * them, and as they were before (without {@code task} and the times, and still earlier without {@code request}). The
 * states are those of <a href="https://docs.pagure.org/koji/">Koji</a>, by their numbers and names.
 */
final class KojiMessages {

    private static final List<String> TASK_STATES = List.of("free", "open", "closed", "canceled", "assigned", "failed");

    private static final List<String> BUILD_STATES = List.of("building", "complete", "deleted", "failed", "canceled");

    private KojiMessages() {}

    static Optional<Event> parse(String topic, Payload message, Instant receivedAt) {
        if (topic.endsWith("buildsys.task.state.change")) {
            return Optional.of(task(message, receivedAt));
        }
        if (topic.endsWith("buildsys.build.state.change")) {
            return Optional.of(build(message, receivedAt));
        }
        return topic.endsWith("buildsys.tag") ? Optional.of(tag(message, receivedAt)) : Optional.empty();
    }

    private static Event task(Payload message, Instant receivedAt) {
        String state = state(message, "new", TASK_STATES);
        String id = message.idOrNull("id");
        KojiSource source = KojiSource.of(message, "info.request");
        String srpm = nvr(message.textOrNull("srpm"));
        boolean open = state.equals("open");
        return new KojiTaskEvent(
                state,
                message.textOrNull("owner"),
                message.secondsOr(open ? "info.start_ts" : "info.completion_ts", receivedAt),
                new KojiWork(
                        "koji",
                        id == null ? Long.toString(message.number("info.id")) : id,
                        null,
                        state,
                        stateOrNull(message, "old", TASK_STATES),
                        srpm,
                        source.target(),
                        message.textOrNull("owner"),
                        srpm == null ? source.packageName() : name(srpm)));
    }

    private static Event build(Payload message, Instant receivedAt) {
        String state = state(message, "new", BUILD_STATES);
        KojiSource source = KojiSource.of(message, message.has("request") ? "request" : "task.request");
        return new KojiBuildEvent(
                state,
                message.textOrNull("owner"),
                message.timeOr(state.equals("building") ? "creation_time" : "completion_time", receivedAt),
                work(message, message.idOrNull("task_id"), state, stateOrNull(message, "old", BUILD_STATES), source),
                source.commit());
    }

    private static Event tag(Payload message, Instant receivedAt) {
        KojiWork work = work(message, null, "tagged", null, KojiSource.NONE);
        return new KojiTagEvent("tagged", message.textOrNull("user"), receivedAt, work, message.text("tag"));
    }

    private static KojiWork work(
            Payload message, @Nullable String taskId, String state, @Nullable String before, KojiSource source) {
        String name = message.text("name");
        return new KojiWork(
                "koji",
                Long.toString(message.number("build_id")),
                taskId,
                state,
                before,
                name + "-" + message.text("version") + "-" + message.text("release"),
                source.target(),
                message.textOrNull("owner"),
                name);
    }

    private static String state(Payload message, String path, List<String> names) {
        String state = stateOrNull(message, path, names);
        if (state == null) {
            throw Payload.missing(path);
        }
        return state;
    }

    /** By number or name; null for none and for one that Koji does not document. */
    private static @Nullable String stateOrNull(Payload message, String path, List<String> names) {
        String text = message.textOrNull(path);
        if (text != null) {
            String name = text.toLowerCase(Locale.ROOT);
            return names.contains(name) ? name : null;
        }
        String number = message.idOrNull(path);
        int index = number == null || number.length() > 1 ? -1 : Integer.parseInt(number);
        return index >= 0 && index < names.size() ? names.get(index) : null;
    }

    /** {@code hello-1.0-1.fc44} of a source package with any path before it. */
    private static @Nullable String nvr(@Nullable String srpm) {
        String ending = ".src.rpm";
        return srpm == null || !srpm.endsWith(ending)
                ? null
                : srpm.substring(srpm.lastIndexOf('/') + 1, srpm.length() - ending.length());
    }

    private static String name(String nvr) {
        int release = nvr.lastIndexOf('-');
        int version = nvr.lastIndexOf('-', release - 1);
        return version > 0 ? nvr.substring(0, version) : nvr;
    }
}
