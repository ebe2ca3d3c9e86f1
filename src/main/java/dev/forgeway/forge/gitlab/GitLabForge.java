package dev.forgeway.forge.gitlab;

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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** GitLab.com or a GitLab of one's own, with a token of any kind that has the scope {@code api}. */
public final class GitLabForge implements Forge {

    private final TokenApi api;
    private final GitLabQueries queries;
    private final GitLabStatuses statuses;
    private final GitLabComments comments;
    private final TokenIssues issues;
    private final GitLabReleases releases;
    private final GitLabProposals proposals;
    private final GitLabAccess access;

    /** @param settings the API's root ends with {@code /api/v4}; GraphQL is beside it */
    public GitLabForge(TokenSettings settings, ServiceHttp http) {
        this.api = new TokenApi("gitlab", "GitLab", "Bearer", settings, http);
        this.queries = new GitLabQueries(api, settings.apiUrl());
        this.statuses = new GitLabStatuses(api);
        this.comments = new GitLabComments(api);
        this.issues = GitLabIssues.of(api);
        this.releases = new GitLabReleases(api);
        this.proposals = new GitLabProposals(api, queries);
        this.access = new GitLabAccess(api);
    }

    @Override
    public String name() {
        return "gitlab";
    }

    @Override
    public Optional<PackageConfigFile> findPackageConfig(Target target, String commit, List<String> names) {
        return queries.packageConfig(target, commit, names);
    }

    @Override
    public Optional<PullRequestHead> findPullRequestHead(Target target, int number, List<String> configNames) {
        return queries.mergeRequestHead(target, number, configNames);
    }

    @Override
    public Optional<TagHead> findTagHead(Target target, String tag, List<String> configNames) {
        return queries.tagHead(target, tag, configNames);
    }

    @Override
    public boolean isOnBranch(Target target, String branch, String commit) {
        return access.isOnBranch(target, branch, commit);
    }

    @Override
    public String putCheck(
            Target target, String commit, String key, Check check, @Nullable String externalId, boolean searchFirst) {
        return statuses.put(target, commit, check, externalId, searchFirst);
    }

    /** News of a note have it as it is now (https://docs.gitlab.com/user/project/integrations/webhook_events/#comment-events). */
    @Override
    public boolean tellsWhatWasEdited() {
        return false;
    }

    @Override
    public String addComment(Target target, Subject subject, String key, String body, boolean searchFirst) {
        return comments.add(target, subject, key, body, searchFirst);
    }

    @Override
    public Optional<String> findLatestRelease(Target target) {
        return releases.latest(target);
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
        return kind != Subject.Kind.COMMIT;
    }

    /** @throws UserErrorException also for a comment on a commit, which the API lets nobody react to */
    @Override
    public String addReaction(Target target, Subject subject, long comment, String reaction) {
        return comments.react(target, subject, comment, reaction);
    }

    @Override
    public Permission permission(Target target, String account) {
        return access.permission(target, account);
    }

    @Override
    public boolean isPrivate(Target target) {
        return access.isPrivate(target);
    }
}
