package dev.forgeway.testing;

import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequest;
import dev.forgeway.forge.Check;
import dev.forgeway.forge.CheckRefusedException;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.PackageConfigFile;
import dev.forgeway.forge.Permission;
import dev.forgeway.forge.ProposedChange;
import dev.forgeway.forge.PullRequestHead;
import dev.forgeway.forge.Subject;
import dev.forgeway.forge.TagHead;
import dev.forgeway.forge.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A forge that shows what it is told to and remembers how. */
public final class FakeForge implements Forge {

    /** One call that shows something. */
    public record Shown(
            String place,
            String key,
            String content,
            @Nullable String externalId,
            boolean searchFirst) {}

    private final List<Shown> shown = new ArrayList<>();
    private final List<String> lookUps = new ArrayList<>();
    private final Map<String, PackageConfigFile> configs = new HashMap<>();
    private final Map<Integer, String> heads = new HashMap<>();
    private final Map<Integer, List<String>> labels = new HashMap<>();
    private final Map<String, String> tags = new HashMap<>();
    private final Map<String, String> branches = new HashMap<>();
    private final Map<String, Permission> permissions = new HashMap<>();
    private final Set<String> hidden = new HashSet<>();
    private @Nullable RuntimeException refusal;
    private @Nullable CheckRefusedException checkRefusal;
    private boolean tellsWhatWasEdited = true;
    private Runnable whileShowing = () -> {};
    private Runnable beforeOpening = () -> {};

    /** News of edited comments do not tell what these were. */
    public FakeForge hidesWhatWasEdited() {
        tellsWhatWasEdited = false;
        return this;
    }

    @Override
    public boolean tellsWhatWasEdited() {
        return tellsWhatWasEdited;
    }

    /** A package config at a commit. */
    public FakeForge config(String commit, String text) {
        configs.put(commit, new PackageConfigFile(".packit.yaml", text));
        return this;
    }

    /** A pull request from branch {@code fix} to {@code main}, with its head. */
    public FakeForge pullRequest(int number, String head) {
        heads.put(number, head);
        return this;
    }

    /** What a pull request is labelled with; without, nobody knows. */
    public FakeForge labels(int number, String... names) {
        labels.put(number, List.of(names));
        return this;
    }

    /** A tag at a commit. */
    public FakeForge tag(String name, String commit) {
        tags.put(name, commit);
        return this;
    }

    /** A commit that is on a branch. */
    public FakeForge branch(String name, String commit) {
        branches.put(name, commit);
        return this;
    }

    /** What an account may do everywhere; others may read. */
    public FakeForge permits(String account, Permission permission) {
        permissions.put(account, permission);
        return this;
    }

    /** Only some people may see this project. */
    public FakeForge hides(String projectKey) {
        hidden.add(projectKey);
        return this;
    }

    /** From now on nothing is answered; null for answering again. */
    public FakeForge refuses(@Nullable RuntimeException with) {
        this.refusal = with;
        return this;
    }

    /** From now on no check is shown, for this reason; null for showing them again. */
    public FakeForge refusesChecks(@Nullable String why, boolean ofProject) {
        this.checkRefusal = why == null ? null : new CheckRefusedException(why, ofProject);
        return this;
    }

    /** Happens while something is being shown. */
    public FakeForge whileShowing(Runnable what) {
        this.whileShowing = what;
        return this;
    }

    /** Happens once, when an issue is to be opened that is not there yet. */
    public FakeForge beforeOpening(Runnable what) {
        this.beforeOpening = what;
        return this;
    }

    public List<Shown> shown() {
        return shown;
    }

    /** What was looked up, one for each request. */
    public List<String> lookUps() {
        return lookUps;
    }

    @Override
    public String name() {
        return "github";
    }

    @Override
    public Optional<PackageConfigFile> findPackageConfig(Target target, String commit, List<String> names) {
        lookUps.add("config at " + commit);
        refuse();
        return Optional.ofNullable(configs.get(commit));
    }

    @Override
    public Optional<PullRequestHead> findPullRequestHead(Target target, int number, List<String> configNames) {
        lookUps.add("pull request " + number);
        refuse();
        String head = heads.get(number);
        return head == null
                ? Optional.empty()
                : Optional.of(new PullRequestHead(
                        new PullRequest(number, "ada", "hello", "fix", "main", null, labels.get(number)),
                        head,
                        configs.get(head)));
    }

    @Override
    public Optional<TagHead> findTagHead(Target target, String tag, List<String> configNames) {
        lookUps.add("tag " + tag);
        refuse();
        return Optional.ofNullable(tags.get(tag)).map(commit -> new TagHead(commit, configs.get(commit)));
    }

    @Override
    public boolean isOnBranch(Target target, String branch, String commit) {
        lookUps.add("branch " + branch);
        refuse();
        return commit.equals(branches.get(branch));
    }

    @Override
    public String putCheck(
            Target target, String commit, String key, Check check, @Nullable String externalId, boolean searchFirst) {
        if (checkRefusal != null) {
            lookUps.add("may a check be shown");
            throw checkRefusal;
        }
        return show(new Shown(
                commit, key, check.name() + ": " + check.state() + " " + check.title(), externalId, searchFirst));
    }

    @Override
    public String addComment(Target target, Subject subject, String key, String body, boolean searchFirst) {
        return show(new Shown("#" + subject.place(), key, body, null, searchFirst));
    }

    @Override
    public int openIssue(Target target, String key, String title, String body) {
        Runnable meanwhile = beforeOpening;
        beforeOpening = () -> {};
        meanwhile.run();
        show(new Shown("issues", key, title + "\n" + body, null, false));
        return 1;
    }

    @Override
    public Optional<Integer> findIssue(Target target, String key) {
        return shown.stream()
                .filter(one -> one.place().equals("issues") && one.key().equals(key))
                .findFirst()
                .map(one -> 1);
    }

    @Override
    public Optional<String> findLatestRelease(Target target) {
        lookUps.add("latest release");
        refuse();
        return Optional.of("v2.0");
    }

    @Override
    public boolean isHomeOf(Project project) {
        return project.host().equals("github.com");
    }

    @Override
    public Optional<String> commit(Target target, ProposedChange change) {
        show(new Shown(
                target.project().key() + " " + change.branch(),
                change.title(),
                change.files().toString(),
                null,
                false));
        return Optional.of("main");
    }

    @Override
    public Optional<String> findProposal(Target target, ProposedChange change, String base) {
        return Optional.empty();
    }

    @Override
    public String openProposal(Target target, ProposedChange change, String base) {
        return target.project().url() + "/pull/1";
    }

    @Override
    public boolean hasReactions(Subject.Kind kind) {
        return true;
    }

    @Override
    public String addReaction(Target target, Subject subject, long comment, String reaction) {
        return show(new Shown("#" + subject.place() + "/" + comment, reaction, reaction, null, false));
    }

    @Override
    public Permission permission(Target target, String account) {
        lookUps.add("permission of " + account);
        refuse();
        return permissions.getOrDefault(account, Permission.READ);
    }

    @Override
    public boolean isPrivate(Target target) {
        lookUps.add("privacy of " + target.project().key());
        refuse();
        return hidden.contains(target.project().key());
    }

    private String show(Shown call) {
        refuse();
        shown.add(call);
        whileShowing.run();
        return "forge-" + call.key();
    }

    private void refuse() {
        if (refusal != null) {
            throw refusal;
        }
    }
}
