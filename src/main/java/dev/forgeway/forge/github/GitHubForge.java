package dev.forgeway.forge.github;

import dev.forgeway.event.Project;
import dev.forgeway.forge.Check;
import dev.forgeway.forge.CheckRefusedException;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.PackageConfigFile;
import dev.forgeway.forge.Permission;
import dev.forgeway.forge.ProposedChange;
import dev.forgeway.forge.PullRequestHead;
import dev.forgeway.forge.Refusals;
import dev.forgeway.forge.Site;
import dev.forgeway.forge.Subject;
import dev.forgeway.forge.TagHead;
import dev.forgeway.forge.Target;
import dev.forgeway.service.http.ServiceHttp;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** GitHub, and GitHub Enterprise Server, as an App or with a token. */
public final class GitHubForge implements Forge {

    /** Before our id of a check that is shown as a commit status. */
    private static final String STATUS = "status/";

    private final GitHubQueries queries;
    private final GitHubChecks checks;
    private final Refusals withoutCheckRuns;
    private final GitHubStatuses statuses;
    private final GitHubComments comments;
    private final GitHubIssues issues;
    private final GitHubReleases releases;
    private final GitHubProposals proposals;
    private final URI site;
    private final GitHubAccess access;

    /** @throws IllegalArgumentException when the App's private key cannot be read */
    public GitHubForge(GitHubSettings settings, ServiceHttp http, GitHubPace pace, Clock clock) {
        GitHubApi api = new GitHubApi(settings, http, pace, clock);
        this.queries = new GitHubQueries(api, clock);
        this.checks = new GitHubChecks(api);
        this.withoutCheckRuns = new Refusals(clock);
        this.statuses = new GitHubStatuses(api);
        this.comments = new GitHubComments(api);
        this.issues = new GitHubIssues(api);
        this.releases = new GitHubReleases(api);
        this.proposals = new GitHubProposals(api);
        this.site = URI.create(settings.apiUrl().toString().replaceFirst("//api\\.(?=github\\.com(/|$))", "//"));
        this.access = new GitHubAccess(api);
    }

    @Override
    public String name() {
        return "github";
    }

    @Override
    public Optional<PackageConfigFile> findPackageConfig(Target target, String commit, List<String> names) {
        return queries.packageConfig(target, commit, names);
    }

    @Override
    public Optional<PullRequestHead> findPullRequestHead(Target target, int number, List<String> configNames) {
        return queries.pullRequestHead(target, number, configNames);
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
    public Optional<String> findLatestRelease(Target target) {
        return releases.latest(target);
    }

    /**
     * As a check run, and where that is refused as a commit status. What began as a status goes on as one, because GitHub
     * would show it beside the check run for ever.
     */
    @Override
    public String putCheck(
            Target target, String commit, String key, Check check, @Nullable String externalId, boolean searchFirst) {
        boolean asStatus = externalId != null && externalId.startsWith(STATUS);
        if (!asStatus && withoutCheckRuns.of(target).isEmpty()) {
            try {
                return checks.put(target, commit, key, check, externalId, searchFirst);
            } catch (CheckRefusedException e) {
                withoutCheckRuns.remember(target, e.getMessage());
            }
        }
        return STATUS + statuses.put(target, commit, check);
    }

    @Override
    public String addComment(Target target, Subject subject, String key, String body, boolean searchFirst) {
        return comments.add(target, subject, key, body, searchFirst);
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
    public void closeIssue(Target target, int number) {
        issues.close(target, number);
    }

    /** The API of github.com has a host of its own; that of an Enterprise Server has not. */
    @Override
    public boolean isHomeOf(Project project) {
        return Site.isSame(site, URI.create(project.url()));
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
