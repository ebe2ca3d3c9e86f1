package dev.forgeway.forge.gitlab;

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
 * Comments on merge requests and issues (https://docs.gitlab.com/api/notes/), and on commits, where only discussions have
 * an id (https://docs.gitlab.com/api/discussions/#commits).
 */
final class GitLabComments {

    private static final String NEED = "the scope api and the role Reporter in the project";
    private static final int LONGEST_BODY = 1_000_000;
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 4;

    private final TokenApi api;

    GitLabComments(TokenApi api) {
        this.api = api;
    }

    String add(Target target, Subject subject, String key, String body, boolean searchFirst) {
        CommentMarker marker = CommentMarker.of(key);
        try {
            Optional<String> earlier = searchFirst ? find(target, subject, marker) : Optional.empty();
            return earlier.orElseGet(() -> api.id(api.post(
                    "comment-create",
                    comments(target, subject).toUri(),
                    TokenApi.object().put("body", marker.under(body, LONGEST_BODY)))));
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }

    /**
     * GitLab has GitHub's names for what we use, and says 404 when the emoji is there already
     * (https://docs.gitlab.com/api/emoji_reactions/).
     */
    String react(Target target, Subject subject, long comment, String reaction) {
        if (subject.kind() == Subject.Kind.COMMIT) {
            throw new UserErrorException("GitLab takes no reactions to comments on commits");
        }
        ServiceUri uri = comments(target, subject).path(Long.toString(comment), "award_emoji");
        try {
            return api.id(
                    api.post("reaction-create", uri.toUri(), TokenApi.object().put("name", reaction)));
        } catch (ServiceRefusedException e) {
            if (e.status() == 404 && e.serviceMessage().contains("already been taken")) {
                return reaction;
            }
            throw api.refused(e, NEED);
        }
    }

    /** Newest first, where that can be asked for. */
    private Optional<String> find(Target target, Subject subject, CommentMarker marker) {
        for (int page = 1; page <= MOST_PAGES; page++) {
            JsonNode comments = api.get(
                    "comment-find",
                    comments(target, subject)
                            .query("order_by", "created_at")
                            .query("sort", "desc")
                            .query("per_page", PAGE)
                            .query("page", page));
            for (JsonNode comment : comments) {
                JsonNode said = comment.has("notes") ? comment.path("notes").path(0) : comment;
                if (marker.marks(said.path("body").asText())) {
                    return Optional.of(api.id(comment));
                }
            }
            if (comments.size() < PAGE) {
                break;
            }
        }
        return Optional.empty();
    }

    private ServiceUri comments(Target target, Subject subject) {
        return switch (subject.kind()) {
            case PULL_REQUEST -> GitLabProjects.at(api, target, "merge_requests", subject.id(), "notes");
            case ISSUE -> GitLabProjects.at(api, target, "issues", subject.id(), "notes");
            case COMMIT -> GitLabProjects.at(api, target, "repository", "commits", subject.id(), "discussions");
        };
    }
}
