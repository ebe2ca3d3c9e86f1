package dev.forgeway.decide;

import dev.forgeway.event.PullRequest;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.Forges;
import dev.forgeway.forge.Permission;
import dev.forgeway.forge.PullRequestHead;
import dev.forgeway.forge.Target;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What filters ask the forge of an event: each question at most once for each event. */
@Component
public class ForgeQuestions {

    private final Forges forges;

    public ForgeQuestions(Forges forges) {
        this.forges = forges;
    }

    /**
     * What an account may do in the project of the event.
     *
     * @throws dev.forgeway.error.TransientException when the forge cannot say now
     * @throws dev.forgeway.error.UserErrorException when it does not let us ask
     */
    public Permission permission(Decision decision, String account) {
        return decision.facts()
                .permission(account, () -> forge(decision).permission(Target.of(decision.event()), account));
    }

    /** Whether an account is in a group of the whole forge. Throws as {@link #permission} does. */
    public boolean isMember(Decision decision, String group, String account) {
        return decision.facts()
                .isMember(
                        group + "/" + account,
                        () -> forge(decision).isMember(Target.of(decision.event()), group, account));
    }

    /** A pull request of the project; empty where nobody knows it any more. Throws as {@link #permission} does. */
    public Optional<PullRequest> pullRequest(Decision decision, int number) {
        return pullRequestHead(decision, number).map(PullRequestHead::pullRequest);
    }

    /** The commit at which a pull request of the project is now; empty where nobody knows it. Throws as {@link #permission} does. */
    Optional<String> headOfPullRequest(Decision decision, int number) {
        return pullRequestHead(decision, number).map(PullRequestHead::commit);
    }

    private Optional<PullRequestHead> pullRequestHead(Decision decision, int number) {
        return decision.facts()
                .pullRequest(
                        number,
                        () -> forge(decision).findPullRequestHead(Target.of(decision.event()), number, List.of()));
    }

    /** The newest commit of a branch of the project; empty where there is no such branch. Throws as {@link #permission} does. */
    public Optional<String> head(Decision decision, String branch) {
        return decision.facts().head(branch, () -> forge(decision).findBranchHead(Target.of(decision.event()), branch));
    }

    /** Whether a file is there at the commit of the event. Throws as {@link #permission} does. */
    public boolean hasFile(Decision decision, String path) {
        String commit = Objects.requireNonNull(decision.event().commit());
        return forge(decision)
                .findPackageConfig(Target.of(decision.event()), commit, List.of(path))
                .isPresent();
    }

    /** Whether an account owns the namespace of the project, as far as its name tells. */
    public boolean isOwner(Decision decision, String account) {
        String namespace = Objects.requireNonNull(decision.event().project()).namespace();
        return namespace.toLowerCase(Locale.ROOT).equals(account.toLowerCase(Locale.ROOT))
                && forge(decision).hasAccountsAsNamespaces();
    }

    /** Whether only some people may see the project of the event. Throws as {@link #permission} does. */
    public boolean isPrivate(Decision decision) {
        return decision.facts().isPrivate(() -> forge(decision).isPrivate(Target.of(decision.event())));
    }

    /** Whether there is a project, and a forge that can be asked about it. */
    public boolean knows(Decision decision) {
        return decision.event().project() != null
                && forges.find(decision.event().forge()).isPresent();
    }

    private Forge forge(Decision decision) {
        return forges.named(decision.event().forge());
    }
}
