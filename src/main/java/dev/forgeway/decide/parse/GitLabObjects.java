package dev.forgeway.decide.parse;

import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The objects that most of GitLab's payloads have in common. */
final class GitLabObjects {

    private static final long PUBLIC = 20;

    private GitLabObjects() {}

    /** The project that a payload is about; what stands here is also what ingest has checked tokens against. */
    static Project project(Payload payload) {
        return find(payload, "project").orElseThrow(() -> Payload.missing("project.git_http_url"));
    }

    /** A merge request; its source is gone when the fork was deleted. */
    static PullRequest mergeRequest(Payload payload, String path) {
        Optional<Project> source = find(payload, path + ".source");
        return new PullRequest(
                payload.smallNumber(path + ".iid"),
                source.map(Project::namespace).orElse(null),
                source.map(Project::name).orElse(null),
                payload.textOrNull(path + ".source_branch"),
                payload.text(path + ".target_branch"),
                author(payload, path),
                payload.textsOfOrNull(path + ".labels", "title"));
    }

    /** The author is a number only; who that is is told where it is the one who acts. */
    private static @Nullable String author(Payload payload, String path) {
        String number = path + ".author_id";
        return payload.has(number) && payload.has("user.id") && payload.number(number) == payload.number("user.id")
                ? payload.textOrNull("user.username")
                : null;
    }

    private static Optional<Project> find(Payload payload, String path) {
        String url = payload.textOrNull(path + ".git_http_url");
        return url == null
                ? Optional.empty()
                : Project.at(url, payload.textOrNull(path + ".path_with_namespace"), visibility(payload, path));
    }

    /** A project that only people with an account may see ("internal") is not public. */
    private static @Nullable String visibility(Payload payload, String path) {
        String level = path + ".visibility_level";
        if (!payload.has(level)) {
            return null;
        }
        return payload.number(level) == PUBLIC ? "public" : "private";
    }
}
