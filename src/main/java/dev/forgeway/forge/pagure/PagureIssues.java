package dev.forgeway.forge.pagure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.forge.CommentMarker;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.Texts;
import dev.forgeway.forge.TokenApi;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.util.OptionalInt;

/** Issues (https://pagure.io/api/0/#issues), found again by a marker that Pagure's pages leave out. */
final class PagureIssues {

    private static final String NEED = "an API key with the ACL issue_create, and issues in the project";
    private static final int LONGEST_TITLE = 255;
    private static final int LONGEST_BODY = 65_536;
    private static final int PAGE = 100;

    private final TokenApi api;

    PagureIssues(TokenApi api) {
        this.api = api;
    }

    int open(Target target, String key, String title, String body, boolean searchFirst) {
        CommentMarker marker = CommentMarker.of(key);
        try {
            OptionalInt earlier = searchFirst ? find(target, marker) : OptionalInt.empty();
            return earlier.isPresent()
                    ? earlier.getAsInt()
                    : number(api.post(
                                    "issue-create",
                                    PagureProjects.at(api, target, "new_issue").toUri(),
                                    TokenApi.object()
                                            .put("title", Texts.cut(title, LONGEST_TITLE))
                                            .put("issue_content", marker.under(body, LONGEST_BODY)))
                            .path("issue"));
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }

    /** Among the newest, which come first, whether they are closed or not. */
    private OptionalInt find(Target target, CommentMarker marker) {
        ServiceUri newest =
                PagureProjects.at(api, target, "issues").query("status", "all").query("per_page", PAGE);
        for (JsonNode issue : api.get("issue-find", newest).path("issues")) {
            if (marker.marks(issue.path("content").asText())) {
                return OptionalInt.of(number(issue));
            }
        }
        return OptionalInt.empty();
    }

    private static int number(JsonNode issue) {
        if (!issue.path("id").isInt()) {
            throw new TransientException("Pagure answered with an issue without a number");
        }
        return issue.path("id").asInt();
    }
}
