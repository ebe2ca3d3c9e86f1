package dev.forgeway.simulator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Issues (https://pagure.io/api/0/#issues). */
final class PagureIssues {

    private PagureIssues() {}

    static Response open(ForgeProject project, Request request) {
        String title = Json.text(request.json(), "title");
        String text = Json.text(request.json(), "issue_content");
        if (title == null || title.isBlank() || text == null || text.isBlank()) {
            throw PagureSimulator.refusal(400, "Invalid or incomplete input submitted", "EINVALIDREQ");
        }
        ForgeProject.Issue issue = project.openIssue(title, TokenForgeSimulator.ACCOUNT, text);
        return Response.json(200, Json.object("message", "Issue created", "issue", shown(issue)));
    }

    /** The newest first. */
    static Response list(ForgeProject project, Request request) {
        List<Map<String, @Nullable Object>> all =
                project.issues().stream().map(PagureIssues::shown).toList();
        return Response.json(200, Json.object("total_issues", all.size(), "issues", new Pages(request, "").of(all)));
    }

    private static Map<String, @Nullable Object> shown(ForgeProject.Issue issue) {
        return Json.object(
                "id", issue.number(),
                "title", issue.title(),
                "content", issue.body(),
                "status", "Open",
                "private", false,
                "user", Json.object("name", issue.author()));
    }
}
