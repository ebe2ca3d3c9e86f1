package dev.forgeway.forge.forgejo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.forge.CommentMarker;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.Texts;
import dev.forgeway.forge.TokenApi;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.util.OptionalInt;

/** Issues (https://codeberg.org/api/swagger#/issue), found again by a marker that Forgejo's Markdown hides. */
final class ForgejoIssues {

    private static final String NEED = "the scope write:issue and to be let into the repository";
    private static final int LONGEST_TITLE = 255;
    private static final int LONGEST_BODY = 65_536;
    private static final int PAGE = 50;

    private final TokenApi api;

    ForgejoIssues(TokenApi api) {
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
                            ForgejoRepositories.at(api, target, "issues").toUri(),
                            TokenApi.object()
                                    .put("title", Texts.cut(title, LONGEST_TITLE))
                                    .put("body", marker.under(body, LONGEST_BODY))));
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }

    /** Among the newest, which come first: an earlier attempt was a short time ago. */
    private OptionalInt find(Target target, CommentMarker marker) {
        ServiceUri newest = ForgejoRepositories.at(api, target, "issues")
                .query("state", "all")
                .query("type", "issues")
                .query("limit", PAGE);
        for (JsonNode issue : api.get("issue-find", newest)) {
            if (marker.marks(issue.path("body").asText())) {
                return OptionalInt.of(number(issue));
            }
        }
        return OptionalInt.empty();
    }

    private static int number(JsonNode issue) {
        if (!issue.path("number").isInt()) {
            throw new TransientException("Forgejo answered with an issue without a number");
        }
        return issue.path("number").asInt();
    }
}
