package dev.forgeway.forge.forgejo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.CommentMarker;
import dev.forgeway.forge.Subject;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.TokenApi;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.util.Optional;

/**
 * Comments on pull requests and issues, which share their numbers (https://codeberg.org/api/swagger#/issue), found again
 * by a marker that Forgejo's Markdown hides.
 */
final class ForgejoComments {

    private static final String NEED = "the scope write:issue and to be let into the repository";
    private static final int LONGEST_BODY = 65_536;

    private final TokenApi api;

    ForgejoComments(TokenApi api) {
        this.api = api;
    }

    String add(Target target, Subject subject, String key, String body, boolean searchFirst) {
        if (subject.kind() == Subject.Kind.COMMIT) {
            throw new UserErrorException("Forgejo has no comments on commits");
        }
        CommentMarker marker = CommentMarker.of(key);
        ServiceUri comments = ForgejoRepositories.at(api, target, "issues", subject.id(), "comments");
        try {
            Optional<String> earlier = searchFirst ? find(comments, marker) : Optional.empty();
            return earlier.orElseGet(() -> api.id(api.post(
                    "comment-create",
                    comments.toUri(),
                    TokenApi.object().put("body", marker.under(body, LONGEST_BODY)))));
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }

    /** All comments come in one answer. */
    private Optional<String> find(ServiceUri comments, CommentMarker marker) {
        for (JsonNode comment : api.get("comment-find", comments)) {
            if (marker.marks(comment.path("body").asText())) {
                return Optional.of(api.id(comment));
            }
        }
        return Optional.empty();
    }

    /** Answers 200 instead of 201 when the reaction is there already, and with no id of its own. */
    String react(Target target, long comment, String reaction) {
        ServiceUri uri = ForgejoRepositories.at(api, target, "issues", "comments", Long.toString(comment), "reactions");
        try {
            api.post("reaction-create", uri.toUri(), TokenApi.object().put("content", reaction));
            return reaction;
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }
}
