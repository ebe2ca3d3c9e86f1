package dev.forgeway.simulator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tags, releases and issues (https://codeberg.org/api/swagger#/repository, #/issue). */
final class ForgejoReleases {

    private ForgejoReleases() {}

    static Response tag(ForgeProject project, Request request) {
        String name = request.parameter("tag");
        String commit = project.tagged(name);
        if (commit == null) {
            throw ForgejoSimulator.notFound();
        }
        return Response.json(200, Json.object("name", name, "id", commit, "commit", Json.object("sha", commit)));
    }

    static Response latest(ForgeProject project) {
        List<String> releases = project.releases();
        if (releases.isEmpty()) {
            throw ForgejoSimulator.notFound();
        }
        return Response.json(200, shown(releases.get(0)));
    }

    static Map<String, @Nullable Object> shown(String tag) {
        return Json.object(
                "id", 5, "tag_name", tag, "target_commitish", "main", "name", tag, "draft", false, "prerelease", false);
    }

    static Response openIssue(ForgeProject project, Request request) {
        String title = Json.text(request.json(), "title");
        if (title == null || title.isBlank()) {
            throw new Refusal(Response.json(422, Map.of("message", "[Title]: Required")));
        }
        String text = request.json().path("body").asText();
        return Response.json(201, shown(project.openIssue(title, TokenForgeSimulator.ACCOUNT, text)));
    }

    /** The newest first. */
    static Response issues(ForgeProject project) {
        return Response.json(
                200, project.issues().stream().map(ForgejoReleases::shown).toList());
    }

    private static Map<String, @Nullable Object> shown(ForgeProject.Issue issue) {
        return Json.object(
                "id", issue.number() + 9000,
                "number", issue.number(),
                "title", issue.title(),
                "body", issue.body(),
                "state", "open",
                "user", Json.object("login", issue.author()));
    }
}
