package dev.forgeway.forge.pagure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.CommentMarker;
import dev.forgeway.forge.Subject;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.TokenApi;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;

/**
 * Comments on pull requests and issues (https://pagure.io/api/0/#pull_requests, #issues), found again by a marker that
 * Pagure's pages leave out.
 */
final class PagureComments {

    private static final String NEED = "an API key with the ACLs pull_request_comment and issue_comment";
    private static final int LONGEST_BODY = 65_536;

    private final TokenApi api;

    PagureComments(TokenApi api) {
        this.api = api;
    }

    String add(Target target, Subject subject, String key, String body, boolean searchFirst) {
        CommentMarker marker = CommentMarker.of(key);
        try {
            if (!searchFirst || !isThere(at(target, subject), marker)) {
                api.post(
                        "comment-create",
                        at(target, subject).path("comment").toUri(),
                        TokenApi.object().put("comment", marker.under(body, LONGEST_BODY)));
            }
            return key;
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }

    private ServiceUri at(Target target, Subject subject) {
        return switch (subject.kind()) {
            case PULL_REQUEST -> PagureProjects.at(api, target, "pull-request", subject.id());
            case ISSUE -> PagureProjects.at(api, target, "issue", subject.id());
            case COMMIT -> throw new UserErrorException("Pagure has no comments on commits");
        };
    }

    /** All comments come with what they are on. */
    private boolean isThere(ServiceUri subject, CommentMarker marker) {
        for (JsonNode comment : api.get("comment-find", subject).path("comments")) {
            if (marker.marks(comment.path("comment").asText())) {
                return true;
            }
        }
        return false;
    }
}
