package dev.forgeway.decide.parse;

import dev.forgeway.event.Comment;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The objects that Pagure's messages are made of. */
final class PagureObjects {

    private PagureObjects() {}

    /** A project; what stands here is also what ingest has checked secrets against. */
    static Project project(Payload msg, String path) {
        return find(msg, path, null).orElseThrow(() -> Payload.missing(path + ".full_url"));
    }

    /** As {@link #project}; where the message does not say that the project is private, it is public. */
    static Project publicProject(Payload msg, String path) {
        return find(msg, path, "public").orElseThrow(() -> Payload.missing(path + ".full_url"));
    }

    /** A pull request; its source is gone when the fork was deleted, and lies elsewhere when it came from another forge. */
    static PullRequest pullRequest(Payload msg) {
        Optional<Project> source = find(msg, "pullrequest.repo_from", null);
        return new PullRequest(
                msg.smallNumber("pullrequest.id"),
                source.map(Project::namespace).orElse(null),
                source.map(Project::name).orElse(null),
                msg.textOrNull("pullrequest.branch_from"),
                msg.text("pullrequest.branch"),
                msg.textOrNull("pullrequest.user.name"),
                msg.has("pullrequest.tags") ? msg.texts("pullrequest.tags") : null);
    }

    private static Optional<Project> find(Payload msg, String path, @Nullable String visibility) {
        String url = msg.textOrNull(path + ".full_url");
        return url == null
                ? Optional.empty()
                : Project.at(url, msg.textOrNull(path + ".url_path"), visibility(msg, path, visibility));
    }

    private static @Nullable String visibility(Payload msg, String path, @Nullable String otherwise) {
        return msg.has(path + ".private") ? (msg.flag(path + ".private") ? "private" : "public") : otherwise;
    }

    /**
     * The comment that a message is about: itself where it was edited, the last of all where it was added. What Pagure
     * writes by itself ("1 new commit added") is no comment of a person.
     */
    static Optional<Payload> comment(Payload msg, String subject) {
        List<Payload> all = msg.objects(subject + ".comments");
        if (!msg.has("comment") && all.isEmpty()) {
            throw Payload.missing(subject + ".comments");
        }
        Payload comment = msg.has("comment") ? msg.at("comment") : all.get(all.size() - 1);
        return comment.flag("notification") ? Optional.empty() : Optional.of(comment);
    }

    static Comment said(Payload comment, String page) {
        long id = comment.number("id");
        return new Comment(id, comment.text("comment"), page + "#comment-" + id);
    }

    static Instant time(Payload comment, Instant otherwise) {
        return comment.secondsOr("edited_on", comment.secondsOr("date_created", otherwise));
    }
}
