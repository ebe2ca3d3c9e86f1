package dev.forgeway.decide.parse;

import dev.forgeway.event.Comment;
import dev.forgeway.event.Event;
import dev.forgeway.event.Flag;
import dev.forgeway.event.Issue;
import dev.forgeway.event.IssueCommentEvent;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequestCommentEvent;
import dev.forgeway.event.PullRequestEvent;
import dev.forgeway.event.PullRequestFlagEvent;
import dev.forgeway.event.PushEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Pagure tells, be it over a webhook or over a bus, as its <a
 * href="https://pypi.org/project/pagure-messages/">message schemas</a> define it.
 */
public final class PagureMessages {

    private static final Map<String, String> PULL_REQUEST_ACTIONS = Map.of(
            "pull-request.new", "opened",
            "pull-request.reopened", "reopened",
            "pull-request.updated", "synchronized",
            "pull-request.rebased", "synchronized",
            "pull-request.closed", "closed");

    private static final List<String> OTHERS = List.of(
            "pull-request.comment.added",
            "pull-request.comment.edited",
            "pull-request.flag.added",
            "pull-request.flag.updated",
            "issue.comment.added",
            "issue.comment.edited",
            "git.receive",
            "git.branch.creation",
            "git.branch.deletion",
            "git.tag.creation",
            "git.tag.deletion");

    private PagureMessages() {}

    /**
     * @param topic with or without what a bus puts before it ("org.fedoraproject.prod.pagure.pull-request.new")
     * @param msg the message itself, without an envelope
     * @return empty for a message that is none of the events of the vocabulary
     * @throws dev.forgeway.error.RejectedException when a needed field is missing
     */
    public static Optional<Event> parse(String topic, Payload msg, Instant receivedAt) {
        String kind = kind(topic);
        String action = PULL_REQUEST_ACTIONS.get(kind);
        if (action != null) {
            return Optional.of(pullRequest(msg, action, receivedAt));
        }
        return switch (kind) {
            case "pull-request.comment.added" -> pullRequestComment(msg, "created", receivedAt);
            case "pull-request.comment.edited" -> pullRequestComment(msg, "edited", receivedAt);
            case "pull-request.flag.added" -> Optional.of(flag(msg, "added", receivedAt));
            case "pull-request.flag.updated" -> Optional.of(flag(msg, "updated", receivedAt));
            case "issue.comment.added" -> issueComment(msg, "created", receivedAt);
            case "issue.comment.edited" -> issueComment(msg, "edited", receivedAt);
            case "git.receive" -> Optional.of(receive(msg, receivedAt));
            case "git.branch.creation" -> Optional.of(ref(msg, "branch", "created", receivedAt));
            case "git.branch.deletion" -> Optional.of(ref(msg, "branch", "deleted", receivedAt));
            case "git.tag.creation" -> Optional.of(ref(msg, "tag", "created", receivedAt));
            case "git.tag.deletion" -> Optional.of(ref(msg, "tag", "deleted", receivedAt));
            default -> Optional.empty();
        };
    }

    private static String kind(String topic) {
        for (String known : PULL_REQUEST_ACTIONS.keySet()) {
            if (endsWith(topic, known)) {
                return known;
            }
        }
        return OTHERS.stream()
                .filter(known -> endsWith(topic, known))
                .findFirst()
                .orElse("");
    }

    private static boolean endsWith(String topic, String kind) {
        return topic.equals(kind) || topic.endsWith("." + kind);
    }

    private static Event pullRequest(Payload msg, String action, Instant receivedAt) {
        return new PullRequestEvent(
                action,
                "pagure",
                msg.text("agent"),
                msg.secondsOr("pullrequest.last_updated", receivedAt),
                PagureObjects.project(msg, "pullrequest.project"),
                PagureObjects.pullRequest(msg),
                msg.text("pullrequest.commit_stop"),
                null,
                null);
    }

    private static Optional<Event> pullRequestComment(Payload msg, String action, Instant receivedAt) {
        return PagureObjects.comment(msg, "pullrequest")
                .map(comment -> new PullRequestCommentEvent(
                        action,
                        "pagure",
                        msg.text("agent"),
                        PagureObjects.time(comment, receivedAt),
                        PagureObjects.project(msg, "pullrequest.project"),
                        PagureObjects.pullRequest(msg),
                        PagureObjects.said(comment, msg.text("pullrequest.full_url")),
                        msg.textOrNull("pullrequest.commit_stop"),
                        null));
    }

    private static Optional<Event> issueComment(Payload msg, String action, Instant receivedAt) {
        if (msg.flag("issue.private")) {
            return Optional.empty();
        }
        return PagureObjects.comment(msg, "issue").map(comment -> {
            Project project = PagureObjects.project(msg, "project");
            int number = msg.smallNumber("issue.id");
            Comment said = PagureObjects.said(comment, project.url() + "/issue/" + number);
            return new IssueCommentEvent(
                    action,
                    "pagure",
                    msg.text("agent"),
                    PagureObjects.time(comment, receivedAt),
                    project,
                    new Issue(number),
                    said,
                    null);
        });
    }

    private static Event flag(Payload msg, String action, Instant receivedAt) {
        return new PullRequestFlagEvent(
                action,
                "pagure",
                msg.textOrNull("agent"),
                msg.secondsOr("flag.date_updated", msg.secondsOr("flag.date_created", receivedAt)),
                PagureObjects.project(msg, "pullrequest.project"),
                PagureObjects.pullRequest(msg),
                msg.textOrNull("pullrequest.commit_stop"),
                new Flag(
                        msg.text("flag.username"),
                        msg.text("flag.status"),
                        msg.textOrNull("flag.comment"),
                        msg.textOrNull("flag.url")));
    }

    /**
     * Commits came in; the branch is only named. Of private projects Pagure tells none of this
     * (https://pagure.io/pagure/blob/master/f/pagure/hooks/default.py, send_notifications).
     */
    private static Event receive(Payload msg, Instant receivedAt) {
        String before = msg.textOrNull("old_commit");
        String after = msg.text("end_commit");
        String merged = msg.idOrNull("pull_request_id");
        return push(
                msg,
                PagureObjects.publicProject(msg, "repo"),
                Refs.action(before, after),
                "branch",
                after,
                before,
                receivedAt,
                PagurePushes.changedFiles(msg).orElse(null),
                merged == null ? null : Integer.valueOf(msg.smallNumber("pull_request_id")));
    }

    private static Event ref(Payload msg, String kind, String action, Instant receivedAt) {
        String rev = msg.textOrNull("rev");
        boolean ended = action.equals("deleted");
        Project project = PagureObjects.project(msg, "repo");
        return push(msg, project, action, kind, ended ? null : rev, ended ? rev : null, receivedAt, null, null);
    }

    private static Event push(
            Payload msg,
            Project project,
            String action,
            String kind,
            @Nullable String commit,
            @Nullable String before,
            Instant receivedAt,
            @Nullable Set<String> changedFiles,
            @Nullable Integer merged) {
        return new PushEvent(
                action,
                "pagure",
                msg.textOrNull("agent"),
                receivedAt,
                project,
                Refs.whole(kind, msg.text(kind)),
                Refs.commit(commit),
                Refs.commit(before),
                null,
                null,
                changedFiles,
                merged);
    }
}
