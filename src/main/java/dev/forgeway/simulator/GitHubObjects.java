package dev.forgeway.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * GitHub's JSON objects in full, as its REST API and its webhooks share them
 * (https://docs.github.com/en/rest/pulls/pulls, https://docs.github.com/en/webhooks/webhook-events-and-payloads). The
 * templates beside this class have the fields.
 */
final class GitHubObjects {

    private static final Instant OPENED = Instant.parse("2025-11-17T16:02:33Z");
    private static final String WEB = "https://github.com/";

    private final JsonTemplate users = JsonTemplate.load("github-user.json");
    private final JsonTemplate repositories = JsonTemplate.load("github-repository.json");
    private final JsonTemplate pullRequests = JsonTemplate.load("github-pull_request.json");
    private final JsonTemplate issues = JsonTemplate.load("github-issue.json");
    private final JsonTemplate comments = JsonTemplate.load("github-comment.json");
    private final HttpSimulator api;

    GitHubObjects(HttpSimulator api) {
        this.api = api;
    }

    /** The same id for the same name, always; ids of different names may, rarely, be the same. */
    static long idOf(String name) {
        return 10_000_000L + Math.floorMod(name.toLowerCase(Locale.ROOT).hashCode(), 90_000_000);
    }

    Map<String, @Nullable Object> user(String login) {
        return users.fill(Json.object(
                "login",
                login,
                "id",
                idOf(login),
                "url",
                api.url() + "/users/" + login.replace("[", "%5B").replace("]", "%5D"),
                "type",
                login.endsWith("[bot]") ? "Bot" : "User"));
    }

    Map<String, @Nullable Object> repository(GitHubRepository repository) {
        return repository(repository.owner(), repository);
    }

    /** The repository, or somebody's fork of it. */
    private Map<String, @Nullable Object> repository(String owner, GitHubRepository repository) {
        String fullName = owner + "/" + repository.name();
        return repositories.fill(Json.object(
                "api",
                api.url(),
                "id",
                idOf(fullName),
                "name",
                repository.name(),
                "full_name",
                fullName,
                "private",
                repository.isPrivate(),
                "visibility",
                repository.isPrivate() ? "private" : "public",
                "owner_user",
                user(owner),
                "page",
                WEB + fullName,
                "url",
                api.url() + "/repos/" + fullName,
                "fork",
                !owner.equals(repository.owner())));
    }

    Map<String, @Nullable Object> pullRequest(GitHubRepository repository, GitHubRepository.PullRequest pull) {
        String page = WEB + repository.fullName() + "/pull/" + pull.number();
        Map<String, @Nullable Object> json = pullRequests.fill(Json.object(
                "url", url(repository) + "/pulls/" + pull.number(),
                "issue", url(repository) + "/issues/" + pull.number(),
                "repository", url(repository),
                "page", page,
                "id", idOf(page),
                "number", pull.number(),
                "state", pull.state(),
                "title", pull.title(),
                "author_user", user(pull.author()),
                "body", pull.body(),
                "closed_at", pull.state().equals("closed") ? "2025-11-18T08:00:00Z" : null,
                "sha", pull.headSha(),
                "head_side", side(pull.headOwner(), repository, pull.headRef(), pull.headSha()),
                "base_side", side(repository.owner(), repository, pull.baseRef(), pull.baseSha())));
        json.put("labels", labels(repository, pull.labels()));
        json.put("updated_at", OPENED.plusSeconds(pull.pushes()).toString());
        return json;
    }

    private List<Map<String, @Nullable Object>> labels(GitHubRepository repository, List<String> labels) {
        return labels.stream()
                .map(label -> Json.object(
                        "id",
                        idOf(label),
                        "node_id",
                        "LA_" + idOf(label),
                        "url",
                        url(repository) + "/labels/" + label,
                        "name",
                        label,
                        "color",
                        "ededed",
                        "default",
                        false,
                        "description",
                        null))
                .toList();
    }

    private Map<String, @Nullable Object> side(String owner, GitHubRepository repository, String ref, String sha) {
        return Json.object(
                "label",
                owner + ":" + ref,
                "ref",
                ref,
                "sha",
                sha,
                "user",
                user(owner),
                "repo",
                repository(owner, repository));
    }

    /** An issue, or the issue side of a pull request, which has {@code pull_request} in it. */
    Map<String, @Nullable Object> issue(GitHubRepository repository, int number, String title, String author) {
        boolean isPullRequest = repository.pullRequest(number).isPresent();
        String page = page(repository, number);
        String url = url(repository) + "/issues/" + number;
        Map<String, @Nullable Object> issue = issues.fill(Json.object(
                "issue", url,
                "repository", url(repository),
                "page", page,
                "id", idOf(page) + 1,
                "number", number,
                "title", title,
                "author_user", user(author)));
        issue.put("reactions", reactions(url, Map.of()));
        repository.pullRequest(number).ifPresent(pull -> issue.put("labels", labels(repository, pull.labels())));
        if (isPullRequest) {
            issue.put("draft", false);
            issue.put(
                    "pull_request",
                    Json.object(
                            "url", url(repository) + "/pulls/" + number,
                            "html_url", page,
                            "diff_url", page + ".diff",
                            "patch_url", page + ".patch",
                            "merged_at", null));
        }
        return issue;
    }

    Map<String, @Nullable Object> comment(GitHubRepository repository, IssueComment comment) {
        String url = url(repository) + "/issues/comments/" + comment.id();
        return comments.fill(Json.object(
                "url", url,
                "page", page(repository, comment.issue()),
                "issue", url(repository) + "/issues/" + comment.issue(),
                "id", comment.id(),
                "author_user", user(comment.author()),
                "created_at", comment.createdAt().toString(),
                "updated_at", comment.updatedAt().toString(),
                "body", comment.body(),
                "reactions", reactions(url, comment.reactions())));
    }

    /** A comment on a commit. */
    Map<String, @Nullable Object> comment(GitHubRepository repository, String commit, IssueComment comment) {
        String url = url(repository) + "/comments/" + comment.id();
        String page = WEB + repository.fullName() + "/commit/" + commit + "#commitcomment-" + comment.id();
        return Json.object(
                "url",
                url,
                "html_url",
                page,
                "id",
                comment.id(),
                "user",
                user(comment.author()),
                "commit_id",
                commit,
                "path",
                null,
                "position",
                null,
                "line",
                null,
                "created_at",
                comment.createdAt().toString(),
                "updated_at",
                comment.updatedAt().toString(),
                "body",
                comment.body(),
                "reactions",
                reactions(url, comment.reactions()));
    }

    private static Map<String, @Nullable Object> reactions(String url, Map<String, List<String>> reactions) {
        Map<String, @Nullable Object> json = Json.object("url", url + "/reactions");
        json.put("total_count", reactions.values().stream().mapToInt(List::size).sum());
        for (String name : GitHubComments.REACTIONS) {
            json.put(name, reactions.getOrDefault(name, List.of()).size());
        }
        return json;
    }

    private String url(GitHubRepository repository) {
        return api.url() + "/repos/" + repository.fullName();
    }

    private static String page(GitHubRepository repository, int number) {
        String kind = repository.pullRequest(number).isPresent() ? "/pull/" : "/issues/";
        return WEB + repository.fullName() + kind + number;
    }
}
