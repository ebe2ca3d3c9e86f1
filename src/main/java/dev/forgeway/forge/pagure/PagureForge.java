package dev.forgeway.forge.pagure;

import dev.forgeway.event.Project;
import dev.forgeway.forge.Check;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.GitAccess;
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
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pagure, with the API key of one account (https://pagure.io/api/0/). */
public final class PagureForge implements Forge {

    private final TokenApi api;
    private final PagureProjects projects;
    private final PagureFlags flags;
    private final PagureComments comments;
    private final TokenIssues issues;
    private final PagureAccess access;
    private final PagureProposals proposals;

    /**
     * @param settings the API's root ends with {@code /api/0}; what is before that is the root of the site
     * @param packagerGroups groups whose members may write in every project
     */
    public PagureForge(TokenSettings settings, List<String> packagerGroups, ServiceHttp http) {
        this.api = new TokenApi("pagure", "Pagure", "token", settings, http);
        URI site = URI.create(settings.apiUrl().toString().replaceFirst("/api/0/?$", ""));
        this.projects = new PagureProjects(api, site);
        this.flags = new PagureFlags(api);
        this.comments = new PagureComments(api);
        this.issues = PagureIssues.of(api);
        this.access = new PagureAccess(api, packagerGroups);
        this.proposals = new PagureProposals(api, site, settings.token());
    }

    @Override
    public String name() {
        return "pagure";
    }

    /**
     * In one request where there is none of the files, or where the first of them is there as it was last time; else in one
     * more for the file itself, which the API does not give.
     */
    @Override
    public Optional<PackageConfigFile> findPackageConfig(Target target, String commit, List<String> names) {
        return projects.packageConfig(target, commit, names);
    }

    @Override
    public Optional<PullRequestHead> findPullRequestHead(Target target, int number, List<String> configNames) {
        return projects.pullRequestHead(target, number, configNames);
    }

    @Override
    public Optional<String> findBranchHead(Target target, String branch) {
        return projects.branchHead(target, branch);
    }

    @Override
    public String putCheck(
            Target target, String commit, String key, Check check, @Nullable String externalId, boolean searchFirst) {
        return flags.put(target, commit, check);
    }

    /**
     * @return the key, because Pagure does not tell the id of what it adds
     * @throws UserErrorException also for a commit, which nobody can comment on
     */
    /** A message has the comment alone, as it is now. */
    @Override
    public boolean tellsWhatWasEdited() {
        return false;
    }

    @Override
    public String addComment(Target target, Subject subject, String key, String body, boolean searchFirst) {
        return comments.add(target, subject, key, body, searchFirst);
    }

    @Override
    public boolean hasCommentsOnCommits() {
        return false;
    }

    @Override
    public Optional<TagHead> findTagHead(Target target, String tag, List<String> configNames) {
        return projects.tagHead(target, tag, configNames);
    }

    @Override
    public Optional<String> findDefaultBranch(Target target) {
        return projects.defaultBranch(target);
    }

    /** Pagure shows tags as releases. */
    @Override
    public boolean hasReleases() {
        return false;
    }

    @Override
    public List<String> findTags(Target target) {
        return projects.tags(target);
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
    public Optional<GitAccess> gitAccess(Target target) {
        return Optional.of(proposals.access(target));
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
    public boolean isHomeOf(Project project) {
        return api.isHomeOf(project);
    }

    @Override
    public boolean hasReactions(Subject.Kind kind) {
        return false;
    }

    @Override
    public String addReaction(Target target, Subject subject, long comment, String reaction) {
        throw new UnsupportedOperationException("the API of Pagure has no reactions");
    }

    @Override
    public boolean hasAccountsAsNamespaces() {
        return false;
    }

    /** In one request, and one more for each group of packagers when the project itself does not let the account write. */
    @Override
    public Permission permission(Target target, String account) {
        return access.permission(target, account);
    }

    @Override
    public boolean isMember(Target target, String group, String account) {
        return access.isMember(target, group, account);
    }

    @Override
    public boolean isPrivate(Target target) {
        return access.isPrivate(target);
    }
}
