package dev.forgeway.decide.parse;

import dev.forgeway.event.Comment;
import dev.forgeway.event.Installation;
import dev.forgeway.event.Project;
import org.jspecify.annotations.Nullable;

/** The objects that most of GitHub's payloads have in common. */
final class GitHubObjects {

    private GitHubObjects() {}

    /**
     * The repository. Its host is that of its page, on GitHub Enterprise Server too: the header that names it is not
     * signed. What stands here is also what ingest has checked secrets against.
     */
    static Project project(Payload payload) {
        String field = "repository.html_url";
        return Project.at(payload.text(field), payload.textOrNull("repository.full_name"), visibility(payload))
                .orElseThrow(() -> Payload.missing(field));
    }

    private static @Nullable String visibility(Payload payload) {
        if (!payload.has("repository.private")) {
            return null;
        }
        return payload.flag("repository.private") ? "private" : "public";
    }

    static Comment comment(Payload payload) {
        String body = payload.textOrNull("comment.body");
        String app = "comment.performed_via_github_app.id";
        return new Comment(
                payload.number("comment.id"),
                body == null ? "" : body,
                payload.text("comment.html_url"),
                payload.has(app) ? Long.toString(payload.number(app)) : null,
                payload.textOrNull("changes.body.from"));
    }

    static @Nullable Installation installation(Payload payload) {
        return payload.has("installation.id") ? new Installation(payload.number("installation.id"), null) : null;
    }
}
