package dev.forgeway.forge.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.forge.CommentMarker;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.Texts;
import dev.forgeway.forge.TokenApi;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.util.OptionalInt;

/** Issues (https://docs.gitlab.com/api/issues/), found again by a marker that GitLab's Markdown hides. */
final class GitLabIssues {

    private static final String NEED = "the scope api and the role Guest in the project";
    private static final int LONGEST_TITLE = 255;
    private static final int LONGEST_BODY = 1_000_000;
    private static final int PAGE = 100;

    private final TokenApi api;

    GitLabIssues(TokenApi api) {
        this.api = api;
    }

    int open(Target target, String key, String title, String body, boolean searchFirst) {
        CommentMarker marker = CommentMarker.of(key);
        ServiceUri issues = GitLabProjects.at(api, target, "issues");
        try {
            OptionalInt earlier = searchFirst ? find(target, marker) : OptionalInt.empty();
            return earlier.isPresent()
                    ? earlier.getAsInt()
                    : number(api.post(
                            "issue-create",
                            issues.toUri(),
                            TokenApi.object()
                                    .put("title", Texts.cut(title, LONGEST_TITLE))
                                    .put("description", marker.under(body, LONGEST_BODY))));
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }

    /** Among the newest of our own, which come first, whether they are closed or not. */
    private OptionalInt find(Target target, CommentMarker marker) {
        ServiceUri ours = GitLabProjects.at(api, target, "issues")
                .query("scope", "created_by_me")
                .query("per_page", PAGE);
        for (JsonNode issue : api.get("issue-find", ours)) {
            if (marker.marks(issue.path("description").asText())) {
                return OptionalInt.of(number(issue));
            }
        }
        return OptionalInt.empty();
    }

    private static int number(JsonNode issue) {
        if (!issue.path("iid").isInt()) {
            throw new TransientException("GitLab answered with an issue without a number");
        }
        return issue.path("iid").asInt();
    }
}
