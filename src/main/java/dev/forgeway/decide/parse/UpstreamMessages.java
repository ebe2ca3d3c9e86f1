package dev.forgeway.decide.parse;

import dev.forgeway.event.Event;
import dev.forgeway.event.NewUpstreamVersionEvent;
import dev.forgeway.event.UpstreamPackage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * News of upstream projects: a bug that <a href="https://pypi.org/project/the-new-hotness-schema/">the-new-hotness</a>
 * filed for a package of Fedora, and versions that <a href="https://pypi.org/project/anitya-schema/">Anitya</a> found,
 * whose message the former carries as its trigger.
 */
final class UpstreamMessages {

    private UpstreamMessages() {}

    static Optional<Event> parse(String topic, Payload message, Instant receivedAt) {
        if (topic.endsWith("hotness.update.bug.file")) {
            return Optional.of(bug(message, receivedAt));
        }
        return topic.endsWith("anitya.project.version.update.v2")
                ? Optional.of(versions(message, receivedAt))
                : Optional.empty();
    }

    private static Event bug(Payload message, Instant receivedAt) {
        String name = message.textOrNull("package");
        if (name == null) {
            name = packageOf(message, "trigger.msg.message.packages", "Fedora");
        }
        if (name == null) {
            throw Payload.missing("package");
        }
        String path = "trigger.msg.message.upstream_versions";
        List<String> versions = message.texts(path);
        String only = message.textOrNull("trigger.msg.project.version");
        if (versions.isEmpty() && only == null) {
            throw Payload.missing(path);
        }
        return event(name, versions.isEmpty() ? List.of(only) : versions, message.idOrNull("bug.bug_id"), receivedAt);
    }

    /** Whom the project is packaged for says which name counts; where nobody does, it is that of the project. */
    private static Event versions(Payload message, Instant receivedAt) {
        List<String> versions = message.texts("message.upstream_versions");
        if (versions.isEmpty()) {
            throw Payload.missing("message.upstream_versions");
        }
        String name = packageOf(message, "message.packages", "CentOS");
        if (name == null) {
            name = packageOf(message, "message.packages", "Fedora");
        }
        return event(name == null ? message.text("message.project.name") : name, versions, null, receivedAt);
    }

    private static @Nullable String packageOf(Payload message, String path, String distribution) {
        return message.objects(path).stream()
                .filter(one -> distribution.equals(one.textOrNull("distro")))
                .flatMap(one -> Optional.ofNullable(one.textOrNull("package_name")).stream())
                .findFirst()
                .orElse(null);
    }

    private static Event event(String name, List<String> versions, @Nullable String bug, Instant receivedAt) {
        return new NewUpstreamVersionEvent("released", null, receivedAt, new UpstreamPackage(name, versions, bug));
    }
}
