package dev.forgeway.ingest;

import dev.forgeway.event.Project;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * By what a hook's delivery and a polled event about the same thing are known as copies: GitHub gives the one a GUID
 * and the other a number, and neither is anywhere in the other. Only repositories that are polled need it.
 *
 * <p>The head of a pull request counts once, whether it came by opening, reopening or a push: the list of pull requests
 * that is polled does not tell them apart for certain.
 */
public final class GitHubFingerprint {

    private static final Set<String> NEW_HEADS = Set.of("opened", "reopened", "synchronize");

    /** The fields that make a subject, besides the repository, by event. */
    private static final Map<String, List<String>> SUBJECTS = Map.of(
            "pull_request", List.of("number", "pull_request.head.sha"),
            "issue_comment", List.of("action", "comment.id", "comment.updated_at"),
            "commit_comment", List.of("comment.id"),
            "push", List.of("ref", "after"),
            "release", List.of("action", "release.id"));

    private final Set<String> repositories;

    /** @param repositories full names of those that are polled, in any case */
    public GitHubFingerprint(List<String> repositories) {
        this.repositories =
                repositories.stream().map(GitHubFingerprint::lowerCase).collect(Collectors.toSet());
    }

    /** Empty for a repository that is not polled, and for what only one of the two ways tells. */
    public Optional<String> of(String event, byte[] body) {
        List<String> subject = SUBJECTS.get(event);
        if (subject == null || repositories.isEmpty()) {
            return Optional.empty();
        }
        Project project = GitHubWebhook.PROJECT.find(body, "repository");
        if (project == null || !repositories.contains(lowerCase(project.namespace() + "/" + project.name()))) {
            return Optional.empty();
        }
        Set<String> paths = new HashSet<>(subject);
        paths.add("action");
        Map<String, String> fields = PayloadPeek.strings(body, paths);
        boolean once = !event.equals("pull_request") || NEW_HEADS.contains(fields.getOrDefault("action", ""));
        return once && fields.keySet().containsAll(subject)
                ? Optional.of(event + "/" + lowerCase(project.key()) + "/" + joined(subject, fields))
                : Optional.empty();
    }

    private static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String joined(List<String> subject, Map<String, String> fields) {
        return subject.stream().map(path -> fields.getOrDefault(path, "")).collect(Collectors.joining("/"));
    }
}
