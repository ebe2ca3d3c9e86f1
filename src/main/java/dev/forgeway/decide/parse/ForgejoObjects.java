package dev.forgeway.decide.parse;

import dev.forgeway.event.Project;
import org.jspecify.annotations.Nullable;

/** The repository, which all payloads of Forgejo and Gitea have in common. */
final class ForgejoObjects {

    private ForgejoObjects() {}

    /** What stands here is also what ingest has checked secrets against. */
    static Project project(Payload payload, String path) {
        String field = path + ".html_url";
        return Project.at(payload.text(field), payload.textOrNull(path + ".full_name"), visibility(payload, path))
                .orElseThrow(() -> Payload.missing(field));
    }

    private static @Nullable String visibility(Payload payload, String path) {
        if (!payload.has(path + ".private")) {
            return null;
        }
        return payload.flag(path + ".private") || payload.flag(path + ".internal") ? "private" : "public";
    }
}
