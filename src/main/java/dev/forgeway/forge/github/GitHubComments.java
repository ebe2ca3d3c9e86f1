package dev.forgeway.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.forge.CommentMarker;
import dev.forgeway.forge.Subject;
import dev.forgeway.forge.Target;
import dev.forgeway.service.http.ServiceAnswer;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * Comments on pull requests and issues (https://docs.github.com/en/rest/issues/comments) and on commits
 * (https://docs.github.com/en/rest/commits/comments), found again by a marker that GitHub's Markdown hides.
 */
final class GitHubComments {

    private static final String PERMISSION = "Pull requests: write";
    private static final int LONGEST_BODY = 65_536;
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 4;
    private static final Pattern LAST = Pattern.compile("[?&]page=(\\d{1,6})[^>]*>;\\s*rel=\"last\"");

    private final GitHubApi api;

    GitHubComments(GitHubApi api) {
        this.api = api;
    }

    String add(Target target, Subject subject, String key, String body, boolean searchFirst) {
        CommentMarker marker = CommentMarker.of(key);
        try {
            Optional<String> earlier = searchFirst ? find(target, subject, marker) : Optional.empty();
            return earlier.orElseGet(() -> create(target, subject, body, marker));
        } catch (ServiceRefusedException e) {
            throw GitHubRefusals.of(e, PERMISSION);
        }
    }

    /**
     * GitHub answers 200 instead of 201 when the reaction is there already
     * (https://docs.github.com/en/rest/reactions/reactions).
     */
    String react(Target target, Subject subject, long comment, String reaction) {
        String id = Long.toString(comment);
        ServiceUri uri = subject.kind() == Subject.Kind.COMMIT
                ? api.repository(target, "comments", id, "reactions")
                : api.repository(target, "issues", "comments", id, "reactions");
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("content", reaction);
        try {
            return GitHubApi.id(api.send(target, "reaction-create", HttpMethod.POST, uri, body));
        } catch (ServiceRefusedException e) {
            throw GitHubRefusals.of(e, PERMISSION);
        }
    }

    private String create(Target target, Subject subject, String body, CommentMarker marker) {
        ObjectNode comment = JsonNodeFactory.instance.objectNode().put("body", marker.under(body, LONGEST_BODY));
        return GitHubApi.id(api.send(target, "comment-create", HttpMethod.POST, comments(target, subject), comment));
    }

    /** Looks at the newest pages: GitHub lists comments from the oldest on and names the last page in its Link header. */
    private Optional<String> find(Target target, Subject subject, CommentMarker marker) {
        ServiceAnswer first = page(target, subject, 1);
        int last = lastPage(first.headers());
        for (int page = last; page > 1 && page > last - MOST_PAGES + 1; page--) {
            Optional<String> found = in(page(target, subject, page).body(), marker);
            if (found.isPresent()) {
                return found;
            }
        }
        return in(first.body(), marker);
    }

    private ServiceAnswer page(Target target, Subject subject, int page) {
        ServiceUri uri = comments(target, subject).query("per_page", PAGE).query("page", page);
        return api.get(target, "comment-find", uri);
    }

    private ServiceUri comments(Target target, Subject subject) {
        return subject.kind() == Subject.Kind.COMMIT
                ? api.repository(target, "commits", subject.id(), "comments")
                : api.repository(target, "issues", subject.id(), "comments");
    }

    private static Optional<String> in(JsonNode comments, CommentMarker marker) {
        for (JsonNode comment : comments) {
            if (marker.marks(comment.path("body").asText())) {
                return Optional.of(GitHubApi.id(comment));
            }
        }
        return Optional.empty();
    }

    private static int lastPage(HttpHeaders headers) {
        String link = headers.getFirst(HttpHeaders.LINK);
        Matcher matcher = LAST.matcher(link == null ? "" : link);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 1;
    }
}
