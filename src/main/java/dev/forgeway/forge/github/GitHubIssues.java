package dev.forgeway.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.forge.CommentMarker;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.Texts;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.util.Optional;
import org.springframework.http.HttpMethod;

/** Issues (https://docs.github.com/en/rest/issues/issues), found again by a marker that GitHub's Markdown hides. */
final class GitHubIssues {

    private static final String PERMISSION = "Issues: write";
    private static final int LONGEST_TITLE = 256;
    private static final int LONGEST_BODY = 65_536;
    private static final int PAGE = 100;

    private final GitHubApi api;

    GitHubIssues(GitHubApi api) {
        this.api = api;
    }

    int open(Target target, String key, String title, String body) {
        ObjectNode issue = JsonNodeFactory.instance
                .objectNode()
                .put("title", Texts.cut(title, LONGEST_TITLE))
                .put("body", CommentMarker.of(key).under(body, LONGEST_BODY));
        ServiceUri issues = api.repository(target, "issues");
        try {
            return number(api.send(target, "issue-create", HttpMethod.POST, issues, issue));
        } catch (ServiceRefusedException e) {
            throw GitHubRefusals.of(e, PERMISSION);
        }
    }

    void close(Target target, int number) {
        ObjectNode change =
                JsonNodeFactory.instance.objectNode().put("state", "closed").put("state_reason", "completed");
        ServiceUri uri = api.repository(target, "issues", Integer.toString(number));
        try {
            JsonNode unused = api.send(target, "issue-close", HttpMethod.PATCH, uri, change);
        } catch (ServiceRefusedException e) {
            throw GitHubRefusals.of(e, PERMISSION);
        }
    }

    /** Among the newest, which come first. */
    Optional<Integer> find(Target target, String key) {
        CommentMarker marker = CommentMarker.of(key);
        ServiceUri uri = api.repository(target, "issues").query("state", "all").query("per_page", PAGE);
        try {
            for (JsonNode issue : api.get(target, "issue-find", uri).body()) {
                if (marker.marks(issue.path("body").asText())) {
                    return Optional.of(number(issue));
                }
            }
            return Optional.empty();
        } catch (ServiceRefusedException e) {
            throw GitHubRefusals.of(e, PERMISSION);
        }
    }

    private static int number(JsonNode issue) {
        if (!issue.path("number").isInt()) {
            throw new TransientException("GitHub answered with an issue without a number");
        }
        return issue.path("number").asInt();
    }
}
