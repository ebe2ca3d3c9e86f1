package dev.forgeway.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * GitLab's API (https://docs.gitlab.com/api/rest/, https://docs.gitlab.com/api/graphql/) and its webhooks. A commit has
 * statuses only in a project where it is on a branch, and a status only moves on, as in GitLab before 18.3.
 */
public final class GitLabSimulator extends TokenForgeSimulator {

    private static final String PROJECT = "/api/v4/projects/{project}";
    private static final String DISCUSSIONS = PROJECT + "/repository/commits/{sha}/discussions";
    private static final Set<String> UNFINISHED = Set.of("pending", "running");

    private final GitLabPayloads payloads = new GitLabPayloads(this);
    private final GitLabProjectHooks hooks = new GitLabProjectHooks();

    /** A GitLab on any free port. */
    public GitLabSimulator() {
        route("POST", "/api/graphql", new GitLabGraphql(this::find)::answer);
        route("GET", PROJECT, this::show);
        route("GET", PROJECT + "/members/all", request -> GitLabMembers.list(named(request), request));
        route("GET", PROJECT + "/hooks", request -> hooks.list(named(request)));
        route("GET", PROJECT + "/hooks/{hook}/events", request -> hooks.events(named(request), request));
        route("GET", PROJECT + "/releases", request -> GitLabRefs.releases(named(request)));
        route("POST", PROJECT + "/repository/commits", request -> GitLabChanges.commit(named(request), request));
        route("GET", PROJECT + "/merge_requests", request -> GitLabChanges.list(named(request), request));
        route("POST", PROJECT + "/merge_requests", request -> GitLabChanges.open(named(request), request));
        route("GET", PROJECT + "/issues", request -> GitLabIssues.list(named(request), request));
        route("POST", PROJECT + "/issues", request -> GitLabIssues.open(named(request), request));
        route("GET", PROJECT + "/repository/merge_base", request -> GitLabRefs.mergeBase(named(request), request));
        route("POST", PROJECT + "/statuses/{sha}", this::putStatus);
        route("GET", PROJECT + "/repository/commits/{sha}/statuses", this::listStatuses);
        route("GET", PROJECT + "/repository/commits/{sha}/merge_requests", this::mergeRequestsOf);
        for (String kind : List.of("merge_requests", "issues")) {
            String notes = PROJECT + "/" + kind + "/{iid}/notes";
            route("GET", notes, this::listNotes);
            route("POST", notes, this::addNote);
            route("POST", notes + "/{note}/award_emoji", this::award);
        }
        route("GET", DISCUSSIONS, this::listDiscussions);
        route("POST", DISCUSSIONS, this::discuss);
        startListening();
    }

    @Override
    public URI apiUrl() {
        return url().resolve("/api/v4");
    }

    /** Makes these all commits of a branch, oldest first. */
    public void putBranch(String project, String branch, String... commits) {
        project(project).putBranch(branch, List.of(commits));
    }

    /** A tag is at a commit. */
    public void putTag(String project, String tag, String commit) {
        project(project).putTag(tag, commit);
    }

    @Override
    public WebhookDelivery opened(String project, int number) {
        ForgeProject at = project(project);
        return delivery("Merge Request Hook", payloads.opened(at, pullRequest(at, number)));
    }

    @Override
    public WebhookDelivery commented(String project, int number, String author, String text) {
        ForgeProject at = project(project);
        IssueComment comment = at.addComment(number, author, text);
        return delivery("Note Hook", payloads.commented("create", at, pullRequest(at, number), comment));
    }

    @Override
    public WebhookDelivery commentedOnIssue(String project, int number, String author, String text) {
        ForgeProject at = project(project);
        IssueComment comment = at.addComment(number, author, text);
        return delivery("Note Hook", payloads.commentedOnIssue(at, number, comment));
    }

    @Override
    public WebhookDelivery pushed(String project, String branch, String before, String after) {
        project(project).addCommit(after);
        return delivery("Push Hook", payloads.pushed(project(project), branch, before, after));
    }

    @Override
    public WebhookDelivery released(String project, String tag, String commit) {
        project(project).release(tag, commit);
        return delivery("Release Hook", payloads.released(project(project), tag, commit));
    }

    /** A person edits a comment on a merge request. */
    public WebhookDelivery edited(String project, int number, long id, String text) {
        ForgeProject at = project(project);
        IssueComment comment = at.editComment(id, text);
        return delivery("Note Hook", payloads.commented("update", at, pullRequest(at, number), comment));
    }

    /** A person comments on a commit; the comment is there from now on. */
    public WebhookDelivery commentedOnCommit(String project, String commit, String author, String text) {
        ForgeProject at = project(project);
        IssueComment comment = at.addComment(IssueComment.onCommit(commit), author, text);
        return delivery("Note Hook", payloads.commentedOnCommit(at, commit, comment));
    }

    @Override
    HttpRequest.Builder webhook(HttpRequest.Builder request, String secret, WebhookDelivery delivery) {
        return request.header("Content-Type", "application/json")
                .header("User-Agent", "GitLab/18.2.0")
                .header("X-Gitlab-Event", delivery.event())
                .header("X-Gitlab-Event-UUID", delivery.id())
                .header("Idempotency-Key", delivery.id())
                .header("X-Gitlab-Token", secret);
    }

    private static WebhookDelivery delivery(String event, Object body) {
        return new WebhookDelivery(event, UUID.randomUUID().toString(), Json.write(body));
    }

    /** The webhooks of its projects. */
    public GitLabProjectHooks hooks() {
        return hooks;
    }

    private Response show(Request request) {
        ForgeProject project = named(request);
        return Response.json(
                200,
                Json.object(
                        "id",
                        project.id(),
                        "path_with_namespace",
                        project.path(),
                        "default_branch",
                        "main",
                        "visibility",
                        project.isPrivate() ? "private" : "public"));
    }

    private Response putStatus(Request request) {
        ForgeProject project = named(request);
        String commit = request.parameter("sha");
        if (project.files(commit) == null) {
            throw refusal(404, "404 Commit Not Found");
        }
        boolean ofFork = project.pullRequestsAt(commit).stream()
                .anyMatch(pull -> !pull.source().equals(project.path()));
        if (ofFork) {
            throw refusal(404, "404 References for commit Not Found");
        }
        JsonNode wanted = request.json();
        String name = wanted.path("name").asText("default");
        String state = wanted.path("state").asText();
        Optional<CommitStatus> before = project.statuses(commit).stream()
                .filter(status -> status.name().equals(name) && UNFINISHED.contains(status.state()))
                .findFirst();
        if (before.filter(status -> !mayBecome(status.state(), state)).isPresent()) {
            throw refusal(
                    400,
                    "Cannot transition status via :enqueue from :"
                            + before.get().state() + " (Reason(s): Status cannot transition via \"enqueue\")");
        }
        CommitStatus status = new CommitStatus(
                before.map(CommitStatus::id).orElseGet(ForgeProject::newId),
                commit,
                name,
                state,
                Json.text(wanted, "description"),
                Json.text(wanted, "target_url"));
        project.add(status);
        return Response.json(201, shown(status));
    }

    private static boolean mayBecome(String before, String after) {
        return !before.equals(after) && !after.equals("pending");
    }

    private Response listStatuses(Request request) {
        String name = request.query().get("name");
        return Response.json(
                200,
                named(request).statuses(request.parameter("sha")).stream()
                        .filter(status -> name == null || status.name().equals(name))
                        .map(GitLabSimulator::shown)
                        .toList());
    }

    private static Map<String, @Nullable Object> shown(CommitStatus status) {
        return Json.object(
                "id", status.id(),
                "sha", status.commit(),
                "ref", "topic",
                "status", status.state(),
                "name", status.name(),
                "description", status.description(),
                "target_url", status.targetUrl());
    }

    private Response mergeRequestsOf(Request request) {
        ForgeProject project = named(request);
        return Response.json(
                200,
                project.pullRequestsAt(request.parameter("sha")).stream()
                        .map(pull -> Json.object(
                                "iid", pull.number(),
                                "sha", pull.head(),
                                "source_project_id", project(pull.source()).id(),
                                "target_project_id", project.id()))
                        .toList());
    }

    private Response listNotes(Request request) {
        List<IssueComment> newestFirst = new ArrayList<>(named(request).comments(iid(request)));
        Collections.reverse(newestFirst);
        return Response.json(
                200,
                new Pages(request, url().toString())
                        .of(newestFirst).stream().map(GitLabSimulator::shown).toList());
    }

    private Response addNote(Request request) {
        String body = request.json().path("body").asText();
        return Response.json(201, shown(named(request).addComment(iid(request), ACCOUNT, body)));
    }

    private static Map<String, @Nullable Object> shown(IssueComment comment) {
        return Json.object(
                "id", comment.id(),
                "body", comment.body(),
                "author", Json.object("id", GitLabPayloads.userId(comment.author()), "username", comment.author()),
                "created_at", comment.createdAt().toString(),
                "system", false,
                "noteable_iid", comment.issue());
    }

    private Response listDiscussions(Request request) {
        return Response.json(
                200,
                named(request).comments(IssueComment.onCommit(request.parameter("sha"))).stream()
                        .map(GitLabSimulator::discussion)
                        .toList());
    }

    private Response discuss(Request request) {
        String body = request.json().path("body").asText();
        int commit = IssueComment.onCommit(request.parameter("sha"));
        return Response.json(201, discussion(named(request).addComment(commit, ACCOUNT, body)));
    }

    private static Map<String, @Nullable Object> discussion(IssueComment comment) {
        return Json.object(
                "id", "%040x".formatted(comment.id()), "individual_note", false, "notes", List.of(shown(comment)));
    }

    private Response award(Request request) {
        String name = request.json().path("name").asText();
        ForgeProject project = named(request);
        long note = Long.parseLong(request.parameter("note"));
        if (project.comment(note).isEmpty()) {
            throw refusal(404, "404 Not found");
        }
        if (!project.react(note, ACCOUNT, name)) {
            throw refusal(404, "404 Award Emoji Name has already been taken Not Found");
        }
        return Response.json(201, Json.object("id", ForgeProject.newId(), "name", name, "awardable_id", note));
    }

    private static int iid(Request request) {
        return Integer.parseInt(request.parameter("iid"));
    }

    private ForgeProject named(Request request) {
        return find(request.parameter("project")).orElseThrow(() -> refusal(404, "404 Project Not Found"));
    }

    static Refusal refusal(int status, String message) {
        return new Refusal(Response.json(status, Map.of("message", message)));
    }

    @Override
    Response unauthorized() {
        return Response.json(401, Map.of("message", "401 Unauthorized"));
    }

    @Override
    Response unknownPath(Request request) {
        return Response.json(404, Map.of("error", "404 Not Found"));
    }
}
