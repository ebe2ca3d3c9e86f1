package dev.forgeway.simulator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Issues (https://docs.gitlab.com/api/issues/). */
final class GitLabIssues {

    private GitLabIssues() {}

    static Response open(ForgeProject project, Request request) {
        String title = Json.text(request.json(), "title");
        if (title == null || title.isBlank()) {
            throw new Refusal(Response.json(400, Map.of("error", "title is missing, title is empty")));
        }
        String text = request.json().path("description").asText();
        return Response.json(201, shown(project.openIssue(title, TokenForgeSimulator.ACCOUNT, text)));
    }

    /** The newest first, open and closed ones, unless asked otherwise. */
    static Response list(ForgeProject project, Request request) {
        if (!request.query().getOrDefault("scope", "all").matches("all|created_by_me|assigned_to_me")) {
            throw new Refusal(Response.json(400, Map.of("error", "scope does not have a valid value")));
        }
        List<Map<String, @Nullable Object>> all =
                project.issues().stream().map(GitLabIssues::shown).toList();
        return Response.json(200, new Pages(request, "").of(all));
    }

    private static Map<String, @Nullable Object> shown(ForgeProject.Issue issue) {
        return Json.object(
                "id", issue.number() + 9000,
                "iid", issue.number(),
                "title", issue.title(),
                "description", issue.body(),
                "state", "opened",
                "author", Json.object("username", issue.author()));
    }
}
