package dev.forgeway.forge.forgejo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Project;
import dev.forgeway.forge.Check;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.PackageConfigFile;
import dev.forgeway.forge.Permission;
import dev.forgeway.forge.ProposedChange;
import dev.forgeway.forge.PullRequestHead;
import dev.forgeway.forge.Subject;
import dev.forgeway.forge.TagHead;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.TokenApi;
import dev.forgeway.forge.TokenIssues;
import dev.forgeway.forge.TokenSettings;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.ServiceRefusedException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Forgejo or Gitea, with an access token (https://forgejo.org/docs/latest/user/api-usage/). */
public final class ForgejoForge implements Forge {

    private static final String NEED = "the scope write:repository and to be an administrator of the repository";

    private final TokenApi api;
    private final ForgejoRepositories repositories;
    private final ForgejoStatuses statuses;
    private final ForgejoComments comments;
    private final TokenIssues issues;
    private final ForgejoProposals proposals;

    /** @param settings the API's root ends with {@code /api/v1} */
    public ForgejoForge(TokenSettings settings, ServiceHttp http) {
        this.api = new TokenApi("forgejo", "Forgejo", "token", settings, http);
        this.repositories = new ForgejoRepositories(api);
        this.statuses = new ForgejoStatuses(api);
        this.comments = new ForgejoComments(api);
        this.issues = ForgejoIssues.of(api);
        this.proposals = new ForgejoProposals(api);
    }

    @Override
    public String name() {
        return "forgejo";
    }

    /**
     * In one request where there is none of the files, or where the first of them is there as it was last time; else in one
     * more for the file itself: the API reads one at a time.
     */
    @Override
    public Optional<PackageConfigFile> findPackageConfig(Target target, String commit, List<String> names) {
        return repositories.packageConfig(target, commit, names);
    }

    @Override
    public Optional<PullRequestHead> findPullRequestHead(Target target, int number, List<String> configNames) {
        return repositories.pullRequestHead(target, number, configNames);
    }

    @Override
    public Optional<TagHead> findTagHead(Target target, String tag, List<String> configNames) {
        return repositories.tagHead(target, tag, configNames);
    }

    @Override
    public String putCheck(
            Target target, String commit, String key, Check check, @Nullable String externalId, boolean searchFirst) {
        return statuses.put(target, commit, check, searchFirst);
    }

    /** @throws UserErrorException also for a commit, which nobody can comment on */
    @Override
    public String addComment(Target target, Subject subject, String key, String body, boolean searchFirst) {
        return comments.add(target, subject, key, body, searchFirst);
    }

    @Override
    public boolean hasCommentsOnCommits() {
        return false;
    }

    @Override
    public Optional<String> findLatestRelease(Target target) {
        return repositories.latestRelease(target);
    }

    @Override
    public int openIssue(Target target, String key, String title, String body) {
        return issues.open(target, key, title, body);
    }

    @Override
    public Optional<Integer> findIssue(Target target, String key) {
        return issues.find(target, key);
    }

    @Override
    public boolean isHomeOf(Project project) {
        return api.isHomeOf(project);
    }

    @Override
    public Optional<String> commit(Target target, ProposedChange change) {
        return proposals.commit(target, change);
    }

    @Override
    public Optional<String> findProposal(Target target, ProposedChange change, String base) {
        return proposals.find(target, change, base);
    }

    @Override
    public String openProposal(Target target, ProposedChange change, String base) {
        return proposals.open(target, change, base);
    }

    @Override
    public boolean hasReactions(Subject.Kind kind) {
        return true;
    }

    @Override
    public String addReaction(Target target, Subject subject, long comment, String reaction) {
        return comments.react(target, comment, reaction);
    }

    /** https://codeberg.org/api/swagger#/repository/repoGetRepoPermissions; an owner counts as an administrator. */
    @Override
    public Permission permission(Target target, String account) {
        try {
            JsonNode answer = api.get(
                    "permission-find", ForgejoRepositories.at(api, target, "collaborators", account, "permission"));
            return switch (answer.path("permission").asText()) {
                case "owner", "admin" -> Permission.ADMIN;
                case "write" -> Permission.WRITE;
                case "read" -> Permission.READ;
                default -> Permission.NONE;
            };
        } catch (ServiceRefusedException e) {
            if (e.status() == 404) {
                return Permission.NONE;
            }
            throw api.refused(e, NEED);
        }
    }

    @Override
    public boolean isPrivate(Target target) {
        return repositories.isPrivate(target);
    }
}
