package dev.forgeway.simulator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What GitLab's webhooks tell (https://docs.gitlab.com/user/project/integrations/webhook_events/). */
final class GitLabPayloads {

    private final GitLabSimulator simulator;

    GitLabPayloads(GitLabSimulator simulator) {
        this.simulator = simulator;
    }

    Map<String, @Nullable Object> opened(ForgeProject at, ForgeProject.PullRequest pull) {
        Map<String, @Nullable Object> attributes = mergeRequest(at, pull);
        attributes.put("action", "open");
        return payload("merge_request", at, pull.author(), attributes);
    }

    /** @param action "create" or "update" */
    Map<String, @Nullable Object> commented(
            String action, ForgeProject at, ForgeProject.PullRequest pull, IssueComment comment) {
        Map<String, @Nullable Object> body =
                note(action, at, "MergeRequest", "merge_requests/" + pull.number(), comment);
        body.put("merge_request", mergeRequest(at, pull));
        return body;
    }

    Map<String, @Nullable Object> commentedOnIssue(ForgeProject at, int number, IssueComment comment) {
        Map<String, @Nullable Object> body = note("create", at, "Issue", "issues/" + number, comment);
        body.put("issue", Json.object("id", number + 9000, "iid", number, "state", "opened", "confidential", false));
        return body;
    }

    Map<String, @Nullable Object> commentedOnCommit(ForgeProject at, String commit, IssueComment comment) {
        Map<String, @Nullable Object> body = note("create", at, "Commit", "commit/" + commit, comment);
        body.put("commit", Json.object("id", commit, "message", "Change something"));
        return body;
    }

    private Map<String, @Nullable Object> note(
            String action, ForgeProject at, String on, String page, IssueComment comment) {
        return payload(
                "note",
                at,
                comment.author(),
                Json.object(
                        "id",
                        comment.id(),
                        "note",
                        comment.body(),
                        "noteable_type",
                        on,
                        "action",
                        action,
                        "system",
                        false,
                        "updated_at",
                        now(),
                        "url",
                        page(at) + "/-/" + page + "#note_" + comment.id()));
    }

    private Map<String, @Nullable Object> payload(String kind, ForgeProject at, String user, Object attributes) {
        return Json.object(
                "object_kind", kind,
                "event_type", kind,
                "user", Json.object("id", userId(user), "name", user, "username", user),
                "project", project(at),
                "object_attributes", attributes);
    }

    Map<String, @Nullable Object> pushed(ForgeProject at, String branch, String before, String after) {
        Map<String, @Nullable Object> push = Json.object(
                "object_kind", "push", "event_name", "push", "before", before, "after", after, "checkout_sha", after);
        push.putAll(Json.object(
                "ref",
                "refs/heads/" + branch,
                "user_username",
                "ada",
                "project_id",
                at.id(),
                "project",
                project(at),
                "commits",
                List.of(),
                "total_commits_count",
                1));
        return push;
    }

    Map<String, @Nullable Object> released(ForgeProject at, String tag, String commit) {
        return Json.object(
                "object_kind",
                "release",
                "action",
                "create",
                "name",
                tag,
                "tag",
                tag,
                "released_at",
                now(),
                "url",
                page(at) + "/-/releases/" + tag,
                "project",
                project(at),
                "commit",
                Json.object("id", commit));
    }

    private Map<String, @Nullable Object> mergeRequest(ForgeProject at, ForgeProject.PullRequest pull) {
        return Json.object(
                "id", pull.number() + 7000,
                "iid", pull.number(),
                "author_id", userId(pull.author()),
                "source_branch", pull.branch(),
                "target_branch", pull.target(),
                "source_project_id", simulator.project(pull.source()).id(),
                "target_project_id", at.id(),
                "source", project(simulator.project(pull.source())),
                "target", project(at),
                "last_commit", Json.object("id", pull.head()),
                "state", "opened",
                "updated_at", now(),
                "labels",
                        pull.labels().stream()
                                .map(label -> Json.object("id", userId(label), "title", label, "type", "ProjectLabel"))
                                .toList(),
                "url", page(at) + "/-/merge_requests/" + pull.number());
    }

    private Map<String, @Nullable Object> project(ForgeProject project) {
        return Json.object(
                "id", project.id(),
                "name", project.name(),
                "web_url", page(project),
                "git_http_url", page(project) + ".git",
                "namespace", project.namespace(),
                "path_with_namespace", project.path(),
                "default_branch", "main",
                "visibility_level", project.isPrivate() ? 0 : 20);
    }

    private String page(ForgeProject project) {
        return simulator.url() + "/" + project.path();
    }

    static int userId(String user) {
        return Math.floorMod(user.hashCode(), 100_000);
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
