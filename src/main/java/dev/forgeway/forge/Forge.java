package dev.forgeway.forge;

import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Project;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A git forge, as far as Forgeway needs one. All methods throw {@link dev.forgeway.error.TransientException} when
 * trying again can help and {@link dev.forgeway.error.UserErrorException} when only the user can.
 */
public interface Forge {

    /** What stands for the newest commit of the default branch (https://git-scm.com/docs/gitglossary#def_HEAD). */
    String HEAD = "HEAD";

    /** The wire name of the forge ("github"). */
    String name();

    /**
     * Finds the first of the named files at a commit, in one request or as part of one.
     *
     * @param commit its hash, or {@link #HEAD}
     * @throws dev.forgeway.error.TransientException also when the forge does not know the commit yet
     */
    Optional<PackageConfigFile> findPackageConfig(Target target, String commit, List<String> names);

    /** Looks up a pull request's head together with its package config, in one request. Empty when it does not exist. */
    Optional<PullRequestHead> findPullRequestHead(Target target, int number, List<String> configNames);

    /**
     * Looks up the commit of a tag together with its package config, in one request. Empty when there is no such tag,
     * and on forges that name the commit with every release.
     */
    default Optional<TagHead> findTagHead(Target target, String tag, List<String> configNames) {
        return Optional.empty();
    }

    /** The default branch of a project, in one request; empty on forges that name it with every push. */
    default Optional<String> findDefaultBranch(Target target) {
        return Optional.empty();
    }

    /** Whether the forge has releases beside tags; where not, {@link #findLatestRelease} is never called. */
    default boolean hasReleases() {
        return true;
    }

    /** The newest commit of a branch, in one request. Empty when there is no such branch. */
    default Optional<String> findBranchHead(Target target, String branch) {
        throw new UserErrorException("Forgeway asks for no branches on " + name());
    }

    /** The tag of the release that the forge calls the latest; empty where there is none. */
    default Optional<String> findLatestRelease(Target target) {
        throw new UserErrorException("Forgeway asks for no releases on " + name());
    }

    /** All tags of a project, in no order; asked for only where the forge has no releases. */
    default List<String> findTags(Target target) {
        throw new UserErrorException("Forgeway asks for no tags on " + name());
    }

    /**
     * Whether a branch contains a commit, in one request; false also where there is no such branch or commit. Asked only
     * where commits can be commented on.
     */
    default boolean isOnBranch(Target target, String branch, String commit) {
        return false;
    }

    /**
     * Shows a check on a commit.
     *
     * @param key ours, by which the check is found again
     * @param externalId the forge's id of the check from an earlier call, or null the first time
     * @param searchFirst an earlier call may have succeeded without our learning its id
     * @return the forge's id of the check
     * @throws CheckRefusedException when the forge lets us show no checks here, whatever they say
     */
    String putCheck(
            Target target, String commit, String key, Check check, @Nullable String externalId, boolean searchFirst);

    /**
     * Adds a comment to a pull request, an issue or a commit.
     *
     * @param key ours, hidden in the comment, by which it is found again
     * @param searchFirst an earlier call may have succeeded without our learning its id
     * @return the forge's id of the comment
     */
    String addComment(Target target, Subject subject, String key, String body, boolean searchFirst);

    /** Whether a commit can be commented on. */
    default boolean hasCommentsOnCommits() {
        return true;
    }

    /** Whether news of an edited comment tell what it was before. */
    default boolean tellsWhatWasEdited() {
        return true;
    }

    /**
     * Opens an issue.
     *
     * @param key ours, hidden in the text, by which it is found again
     * @return its number
     */
    default int openIssue(Target target, String key, String title, String body) {
        throw new UserErrorException("Forgeway opens no issues on " + name());
    }

    /** The number of an issue that we opened a short time ago, closed or not, by our key. */
    default Optional<Integer> findIssue(Target target, String key) {
        throw new UserErrorException("Forgeway opens no issues on " + name());
    }

    /** Closes an issue as done. Doing so again changes nothing. */
    default void closeIssue(Target target, int number) {
        throw new UserErrorException("Forgeway closes no issues on " + name());
    }

    /** Whether a project is on this forge, by the host and port of its page. */
    boolean isHomeOf(Project project);

    /**
     * Makes the branch of a change what it is to be, in the project itself. What was proposed from that branch shows it then.
     *
     * @return the default branch, which it can be proposed to; empty when that has the files already
     */
    default Optional<String> commit(Target target, ProposedChange change) {
        throw new UserErrorException("Forgeway proposes no changes on " + name());
    }

    /** Where {@link #commit} is not there, because the API makes no commits: how the branch is pushed. */
    default Optional<GitAccess> gitAccess(Target target) {
        return Optional.empty();
    }

    /** The page of the pull request that is open from the branch of a change. */
    default Optional<String> findProposal(Target target, ProposedChange change, String base) {
        throw new UserErrorException("Forgeway proposes no changes on " + name());
    }

    /**
     * Opens a pull request from the branch of a change.
     *
     * @param base the branch that it goes to
     * @return its page
     */
    default String openProposal(Target target, ProposedChange change, String base) {
        throw new UserErrorException("Forgeway proposes no changes on " + name());
    }

    /** Whether people can react to comments on this; where not, {@link #addReaction} is never called. */
    boolean hasReactions(Subject.Kind kind);

    /**
     * Reacts to a comment of somebody. Doing so again changes nothing.
     *
     * @param subject what the comment is on
     * @param comment the forge's id of the comment
     * @param reaction in GitHub's words ("eyes")
     * @return the forge's id of the reaction
     */
    String addReaction(Target target, Subject subject, long comment, String reaction);

    /** Whether a namespace is named for the account that owns what is in it; where not, {@code rpms} is no person. */
    default boolean hasAccountsAsNamespaces() {
        return true;
    }

    /**
     * What an account may do in a project, in one request. Where membership of a group gives rights (packagers in
     * Fedora's dist-git), it counts, for a request more.
     *
     * @return NONE for an account that the forge does not know
     */
    Permission permission(Target target, String account);

    /** Whether an account is in a group of the whole forge, in one request; false where there is no such group. */
    default boolean isMember(Target target, String group, String account) {
        return false;
    }

    /** Whether only some people may see a project, in one request; for events that do not tell. */
    boolean isPrivate(Target target);
}
