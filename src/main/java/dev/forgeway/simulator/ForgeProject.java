package dev.forgeway.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One project of a simulated forge, in words that all forges have. Safe for use by many threads. */
final class ForgeProject {

    /**
     * A pull or merge request.
     *
     * @param source the whole path of the project that its branch is in
     */
    record PullRequest(
            int number, String author, String head, String source, String branch, String target, List<String> labels) {

        PullRequest withLabels(List<String> others) {
            return new PullRequest(number, author, head, source, branch, target, others);
        }
    }

    /** An issue that a call opened. */
    record Issue(int number, String title, String author, String body) {}

    private static final int FIRST_ISSUE = 30_000;
    private static final AtomicLong IDS = new AtomicLong(1000);

    private final long id = IDS.incrementAndGet();
    private final String path;
    private final boolean isPrivate;
    private final Map<String, Map<String, String>> commits = new LinkedHashMap<>();
    private final Map<String, List<String>> branches = new LinkedHashMap<>();
    private final Map<String, String> tags = new LinkedHashMap<>();
    private final List<String> releases = new ArrayList<>();
    private final List<Issue> issues = new ArrayList<>();
    private final Map<Integer, PullRequest> pullRequests = new LinkedHashMap<>();
    private final Map<String, String> members = new LinkedHashMap<>();
    private final List<CommitStatus> statuses = new ArrayList<>();
    private final Map<Long, IssueComment> comments = new LinkedHashMap<>();

    ForgeProject(String path, boolean isPrivate) {
        this.path = path;
        this.isPrivate = isPrivate;
    }

    static long newId() {
        return IDS.incrementAndGet();
    }

    long id() {
        return id;
    }

    /** The whole path, for example {@code group/subgroup/hello}. */
    String path() {
        return path;
    }

    String namespace() {
        return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    boolean isPrivate() {
        return isPrivate;
    }

    synchronized void addCommit(String commit) {
        commits.computeIfAbsent(commit, added -> new LinkedHashMap<>());
    }

    synchronized void putFile(String commit, String file, String text) {
        commits.computeIfAbsent(commit, added -> new LinkedHashMap<>()).put(file, text);
    }

    /** The files of a commit; null when the commit is not known. */
    synchronized @Nullable Map<String, String> files(String commit) {
        Map<String, String> files = commits.get(commit);
        return files == null ? null : Map.copyOf(files);
    }

    /** The paths that differ between two commits, with git's letters: A, M or D. What is not known has no files. */
    synchronized Map<String, String> changedFiles(String before, String after) {
        Map<String, String> old = commits.getOrDefault(before, Map.of());
        Map<String, String> now = commits.getOrDefault(after, Map.of());
        Map<String, String> changed = new TreeMap<>();
        now.forEach((path, text) -> {
            if (!text.equals(old.get(path))) {
                changed.put(path, old.containsKey(path) ? "M" : "A");
            }
        });
        old.keySet().stream().filter(path -> !now.containsKey(path)).forEach(path -> changed.put(path, "D"));
        return changed;
    }

    /** What is in the root, by the name, and whether it is a folder. */
    static Map<String, Boolean> root(Map<String, String> files) {
        Map<String, Boolean> root = new TreeMap<>();
        files.keySet().forEach(path -> root.put(path.replaceFirst("/.*", ""), path.contains("/")));
        return root;
    }

    /** Makes these all commits of a branch, oldest first. */
    synchronized void putBranch(String branch, List<String> all) {
        all.forEach(this::addCommit);
        branches.put(branch, List.copyOf(all));
    }

    /** The newest commit of each branch. */
    synchronized Map<String, String> heads() {
        Map<String, String> heads = new LinkedHashMap<>();
        branches.forEach((branch, all) -> heads.put(branch, all.get(all.size() - 1)));
        return heads;
    }

    /** Whether a branch has a commit; empty when there is no such branch or commit. */
    synchronized Optional<Boolean> isOnBranch(String branch, String commit) {
        return commits.containsKey(commit)
                ? Optional.ofNullable(branches.get(branch)).map(all -> all.contains(commit))
                : Optional.empty();
    }

    synchronized void putTag(String tag, String commit) {
        addCommit(commit);
        tags.put(tag, commit);
    }

    synchronized @Nullable String tagged(String tag) {
        return tags.get(tag);
    }

    /** By their names. */
    synchronized Map<String, String> tags() {
        return Map.copyOf(tags);
    }

    /** Makes a release of a tag, which is at a commit from now on. */
    synchronized void release(String tag, String commit) {
        putTag(tag, commit);
        releases.add(tag);
    }

    /** The tags of the releases, the latest first. */
    synchronized List<String> releases() {
        List<String> latestFirst = new ArrayList<>(releases);
        Collections.reverse(latestFirst);
        return latestFirst;
    }

    synchronized Issue openIssue(String title, String author, String body) {
        Issue issue = new Issue(FIRST_ISSUE + issues.size(), title, author, body);
        issues.add(issue);
        return issue;
    }

    /** The issues that calls opened, the newest first. */
    synchronized List<Issue> issues() {
        List<Issue> newestFirst = new ArrayList<>(issues);
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /** Begins a branch where another one is, with some files changed. */
    synchronized void commit(String from, String branch, Map<String, String> changed) {
        Map<String, String> all = new LinkedHashMap<>(Objects.requireNonNull(commits.get(from)));
        all.putAll(changed);
        commits.put(branch, all);
    }

    /** Opens one from a branch of the project itself. */
    synchronized PullRequest open(String author, String branch, String target) {
        PullRequest opened = new PullRequest(pullRequests.size() + 1, author, branch, path, branch, target, List.of());
        put(opened);
        return opened;
    }

    /** The open ones. */
    synchronized List<PullRequest> pullRequests() {
        return List.copyOf(pullRequests.values());
    }

    synchronized void put(PullRequest pullRequest) {
        addCommit(pullRequest.head());
        pullRequests.put(pullRequest.number(), pullRequest);
    }

    synchronized Optional<PullRequest> pullRequest(int number) {
        return Optional.ofNullable(pullRequests.get(number));
    }

    synchronized List<PullRequest> pullRequestsAt(String commit) {
        return pullRequests.values().stream()
                .filter(one -> one.head().equals(commit))
                .toList();
    }

    synchronized void addMember(String account, String role) {
        members.put(account, role);
    }

    synchronized Map<String, String> members() {
        return Map.copyOf(members);
    }

    synchronized void add(CommitStatus status) {
        statuses.add(status);
    }

    /** Every status that was told, oldest first. */
    synchronized List<CommitStatus> statusHistory(String commit) {
        return statuses.stream()
                .filter(status -> status.commit().equals(commit))
                .toList();
    }

    /** The newest status of each name. */
    synchronized List<CommitStatus> statuses(String commit) {
        Map<String, CommitStatus> newest = new LinkedHashMap<>();
        statusHistory(commit).forEach(status -> newest.put(status.name(), status));
        return List.copyOf(newest.values());
    }

    synchronized IssueComment addComment(int subject, String author, String body) {
        Instant now = Instant.now();
        IssueComment comment = new IssueComment(newId(), subject, author, body, now, now, Map.of());
        comments.put(comment.id(), comment);
        return comment;
    }

    synchronized IssueComment editComment(long commentId, String body) {
        IssueComment before = Objects.requireNonNull(comments.get(commentId));
        IssueComment edited = new IssueComment(
                before.id(),
                before.issue(),
                before.author(),
                body,
                before.createdAt(),
                Instant.now(),
                before.reactions());
        comments.put(commentId, edited);
        return edited;
    }

    /** The comments of a pull request or an issue, oldest first. */
    synchronized List<IssueComment> comments(int subject) {
        return comments.values().stream()
                .filter(comment -> comment.issue() == subject)
                .toList();
    }

    synchronized Optional<IssueComment> comment(long commentId) {
        return Optional.ofNullable(comments.get(commentId));
    }

    /** False when the account has reacted in this way before. */
    synchronized boolean react(long commentId, String account, String reaction) {
        IssueComment comment = Objects.requireNonNull(comments.get(commentId));
        if (comment.reactions().getOrDefault(reaction, List.of()).contains(account)) {
            return false;
        }
        Map<String, List<String>> reactions = new LinkedHashMap<>(comment.reactions());
        reactions.merge(reaction, List.of(account), (before, one) -> {
            List<String> both = new ArrayList<>(before);
            both.addAll(one);
            return both;
        });
        comments.put(
                commentId,
                new IssueComment(
                        comment.id(),
                        comment.issue(),
                        comment.author(),
                        comment.body(),
                        comment.createdAt(),
                        comment.updatedAt(),
                        reactions));
        return true;
    }
}
