package dev.forgeway.decide;

import dev.forgeway.config.Settings;
import dev.forgeway.decide.KnownConfigs.Found;
import dev.forgeway.decide.command.Command;
import dev.forgeway.decide.command.CommandParser;
import dev.forgeway.decide.command.CommandResult;
import dev.forgeway.error.Reason;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.CommitCommentEvent;
import dev.forgeway.event.Event;
import dev.forgeway.event.IssueCommentEvent;
import dev.forgeway.event.KojiBuildEvent;
import dev.forgeway.event.KojiTagEvent;
import dev.forgeway.event.NewUpstreamVersionEvent;
import dev.forgeway.event.PullRequestCommentEvent;
import dev.forgeway.event.PullRequestEvent;
import dev.forgeway.event.PushEvent;
import dev.forgeway.event.ReleaseEvent;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.Forges;
import dev.forgeway.forge.PackageConfigFile;
import dev.forgeway.forge.TagHead;
import dev.forgeway.forge.Target;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.ConfigSighting;
import dev.forgeway.store.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds the package config that counts for an event, with one request to the forge at most. A pull request may bring the
 * config itself, so a head that is new is always asked for.
 */
@Component
public class PackageConfigFinder {

    private final Forges forges;
    private final KnownConfigs known;
    private final List<String> names;
    private final FedoraCi ci;
    private final PackageIssueFinder issues;

    public PackageConfigFinder(
            Forges forges, KnownConfigs known, FedoraCi ci, PackageIssueFinder issues, Settings settings) {
        this.issues = issues;
        this.forges = forges;
        this.known = known;
        this.ci = ci;
        this.names = settings.decide().packageConfigNames();
    }

    /** @throws dev.forgeway.error.TransientException when the forge cannot say now */
    public void find(Decision decision) {
        if (!decision.isOpen()
                || decision.configFileIfFound() != null
                || (decision.event() instanceof PullRequestEvent opened && ci.isFor(opened))) {
            StepLog.skip();
            return;
        }
        if (issues.find(decision)) {
            StepLog.note(
                    "not needed", "about job " + decision.reruns().get(0).job().id());
            return;
        }
        try {
            Found found = lookUp(decision);
            if (!decision.isOpen()) {
                return;
            }
            String how = found.how() == null ? "" : "; " + found.how();
            if (found.file().isEmpty()) {
                saw(decision, ConfigSighting.State.ABSENT, null);
                if (decision.needsConfig()) {
                    decision.stop(
                            Outcome.FILTERED, Reason.NO_PACKAGE_CONFIG, "looked for " + String.join(", ", names) + how);
                } else {
                    StepLog.note("none", null);
                }
                return;
            }
            PackageConfigFile file = found.file().get();
            saw(decision, ConfigSighting.State.PRESENT, file.path());
            decision.configFile(file);
            findDefaultBranch(decision);
            StepLog.note("found", file.path() + how);
        } catch (UserErrorException e) {
            decision.stop(Outcome.FILTERED, Reason.REPOSITORY_NOT_FOUND, e.getMessage());
        }
    }

    /** Finds the package config for a decision that was stopped, and leaves that as it is. Throws as {@link #find} does. */
    void findForStopped(Decision stopped) {
        Outcome outcome = Objects.requireNonNull(stopped.outcome());
        Reason reason = Objects.requireNonNull(stopped.reason());
        String detail = stopped.detail();
        try {
            lookUp(stopped).file().ifPresent(stopped::configFile);
        } catch (UserErrorException e) {
            StepLog.note("none", e.getMessage());
        }
        stopped.stop(outcome, reason, detail);
    }

    /** Which jobs are for a push depends on it; that of dist-git is known. */
    private void findDefaultBranch(Decision decision) {
        if (decision.event() instanceof PushEvent push
                && push.branch() != null
                && push.defaultBranch() == null
                && !push.inDistGit()) {
            forges.named(push.forge())
                    .findDefaultBranch(Target.of(push))
                    .ifPresent(branch -> decision.event(push.withDefaultBranch(branch)));
        }
    }

    /** What stands at the newest commit now proves nothing about a later one, because nobody said which one that is. */
    private void saw(Decision decision, ConfigSighting.State state, @Nullable String path) {
        Event event = decision.event();
        String commit = isOfDefaultBranch(decision) ? null : event.commit();
        decision.sighting(new ConfigSighting(
                Objects.requireNonNull(event.project()).key(),
                state,
                path,
                null,
                commit == null ? Forge.HEAD : commit,
                commit != null && event instanceof PushEvent,
                String.join(", ", names)));
    }

    /** In dist-git, the config of the default branch counts for all (https://packit.dev/docs/configuration/downstream/koji_build). */
    private Found lookUp(Decision decision) {
        Event event = decision.event();
        Forge forge = forges.named(event.forge());
        Target target = Target.of(event);
        if (event instanceof PullRequestCommentEvent comment && comment.commit() == null) {
            Found atHead = atHead(decision, comment, forge, target);
            if (!decision.isOpen() || !isOfDefaultBranch(decision)) {
                return atHead;
            }
        }
        if (event instanceof ReleaseEvent release && release.commit() == null) {
            return atTag(decision, release, forge, target);
        }
        if (event instanceof IssueCommentEvent
                || event instanceof NewUpstreamVersionEvent
                || event instanceof KojiTagEvent
                || isOfDefaultBranch(decision)) {
            return new Found(forge.findPackageConfig(target, Forge.HEAD, names), null);
        }
        if (event instanceof CommitCommentEvent comment
                && decision.said() instanceof CommandResult.Found found
                && found.command().isAboutRefs()) {
            return onCommit(decision, comment, found.command(), forge, target);
        }
        String commit = Objects.requireNonNull(event.commit());
        Supplier<Optional<PackageConfigFile>> ask = () -> forge.findPackageConfig(target, commit, names);
        return event instanceof PushEvent push
                ? known.after(push, commit, ask)
                : known.at(target.project(), commit, ask);
    }

    /** Where a pull request's head is now is only known by asking; its config comes in the same request. */
    private Found atHead(Decision decision, PullRequestCommentEvent comment, Forge forge, Target target) {
        int number = comment.pullRequest().number();
        return forge.findPullRequestHead(target, number, names)
                .map(head -> {
                    decision.event(comment.on(head.pullRequest(), head.commit()));
                    return learned(target, head.commit(), head.config());
                })
                .orElseGet(() -> gone(decision, "no pull request " + number));
    }

    private Found atTag(Decision decision, ReleaseEvent release, Forge forge, Target target) {
        return forge.findTagHead(target, release.tag(), names)
                .map(head -> {
                    decision.event(release.at(head.commit()));
                    return learned(target, head.commit(), head.config());
                })
                .orElseGet(() -> gone(decision, "no tag " + release.tag()));
    }

    /**
     * A command on a commit is for the release or the branch that it names, else for the default branch
     * (https://packit.dev/docs/retriggering): the tag must be there, and the branch contain the commit.
     */
    private Found onCommit(Decision decision, CommitCommentEvent comment, Command command, Forge forge, Target target) {
        String tag = command.tag().orElse(null);
        if (tag != null) {
            TagHead head = forge.findTagHead(target, tag, names).orElse(null);
            if (head == null || !head.commit().equals(comment.commit())) {
                String where =
                        head == null ? "there is no tag " : head.commit() + " and not this commit is at the tag ";
                return mismatch(decision, where + CommandParser.quoted(tag));
            }
            decision.event(comment.onTag(tag));
            return learned(target, head.commit(), head.config());
        }
        Found found = known.at(
                target.project(), comment.commit(), () -> forge.findPackageConfig(target, comment.commit(), names));
        String branch = command.branch().orElse(comment.defaultBranch());
        if (found.file().isPresent() && (branch == null || !forge.isOnBranch(target, branch, comment.commit()))) {
            String which = branch == null ? "a branch" : "a branch " + CommandParser.quoted(branch);
            return mismatch(decision, "this commit is not on " + which);
        }
        if (branch != null) {
            decision.event(comment.onBranch(branch));
        }
        return found;
    }

    private static Found mismatch(Decision decision, String why) {
        decision.stop(Outcome.FILTERED, Reason.REF_MISMATCH, why);
        return new Found(Optional.empty(), null);
    }

    private Found learned(Target target, String commit, @Nullable PackageConfigFile file) {
        Found found = new Found(Optional.ofNullable(file), null);
        known.learn(target.project(), commit, found.file());
        return found;
    }

    /** What a push to dist-git or a build of it asks for, and what a comment there asks for beside the work on its pull request. */
    private static boolean isOfDefaultBranch(Decision decision) {
        Event event = decision.event();
        return event.inDistGit()
                && (event instanceof PushEvent
                        || event instanceof KojiBuildEvent
                        || (event instanceof PullRequestCommentEvent
                                && decision.said() instanceof CommandResult.Found found
                                && found.command().isOfDistGit()
                                && !found.command().wantsConfigOfPullRequest()));
    }

    private static Found gone(Decision decision, String what) {
        decision.stop(Outcome.FILTERED, Reason.REPOSITORY_NOT_FOUND, what);
        return new Found(Optional.empty(), null);
    }
}
