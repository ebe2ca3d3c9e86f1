package dev.forgeway.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A repository at the simulated GitHub with what belongs to it. All methods are atomic. */
final class GitHubRepository {

    /** A pull request as it stands now; each push to it was a second after the one before. */
    record PullRequest(
            int number,
            String title,
            String author,
            String body,
            String state,
            String headSha,
            String headOwner,
            String headRef,
            String baseRef,
            String baseSha,
            List<String> labels,
            int pushes) {

        PullRequest withHead(String sha) {
            return new PullRequest(
                    number, title, author, body, state, sha, headOwner, headRef, baseRef, baseSha, labels, pushes + 1);
        }

        PullRequest withState(String newState) {
            return new PullRequest(
                    number, title, author, body, newState, headSha, headOwner, headRef, baseRef, baseSha, labels,
                    pushes);
        }

        PullRequest withLabels(List<String> newLabels) {
            return new PullRequest(
                    number, title, author, body, state, headSha, headOwner, headRef, baseRef, baseSha, newLabels,
                    pushes);
        }
    }

    /** An issue as it stands now. */
    record Issue(int number, String title, String author, String body, String state) {}

    private final String owner;
    private final String name;
    private final boolean isPrivate;
    private final long installation;
    private final Map<String, Map<String, String>> filesByCommit = new LinkedHashMap<>();
    private final Map<String, String> tags = new LinkedHashMap<>();
    private final Map<String, List<String>> branches = new LinkedHashMap<>();
    private final Map<Integer, PullRequest> pullRequests = new TreeMap<>();
    private final Map<Integer, Issue> issues = new TreeMap<>();
    private final Map<Long, List<CheckRun>> checkHistory = new LinkedHashMap<>();
    private final Map<String, List<Long>> checksByCommit = new LinkedHashMap<>();
    private final List<CommitStatus> statuses = new ArrayList<>();
    private final Map<Long, IssueComment> comments = new TreeMap<>();
    private final Map<String, String> collaborators = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    GitHubRepository(String owner, String name, boolean isPrivate, long installation) {
        this.owner = owner;
        this.name = name;
        this.isPrivate = isPrivate;
        this.installation = installation;
        filesByCommit.put("main", new TreeMap<>());
    }

    String owner() {
        return owner;
    }

    String name() {
        return name;
    }

    String fullName() {
        return owner + "/" + name;
    }

    boolean isPrivate() {
        return isPrivate;
    }

    long installation() {
        return installation;
    }

    synchronized void addCollaborator(String login, String role) {
        collaborators.put(login, role);
    }

    /** One of admin, maintain, write, triage, read and none. */
    synchronized String role(String login) {
        String byDefault = isPrivate ? "none" : "read";
        return login.equalsIgnoreCase(owner) ? "admin" : collaborators.getOrDefault(login, byDefault);
    }

    synchronized void addCommit(String commit) {
        filesByCommit.computeIfAbsent(commit, added -> new TreeMap<>());
    }

    synchronized void putTag(String tag, String commit) {
        addCommit(commit);
        tags.put(tag, commit);
    }

    /** Makes these all commits of a branch, oldest first. */
    synchronized void putBranch(String branch, List<String> commits) {
        commits.forEach(this::addCommit);
        branches.put(branch, List.copyOf(commits));
    }

    /** The commits of a branch, oldest first; null when there is no such branch. */
    synchronized @Nullable List<String> branch(String branch) {
        return branches.get(branch);
    }

    /** The commit of a tag; null when there is no such tag. */
    synchronized @Nullable String tagged(String tag) {
        return tags.get(tag);
    }

    /** The tag that was put last. */
    synchronized Optional<String> newestTag() {
        return tags.keySet().stream().reduce((before, last) -> last);
    }

    synchronized void putFile(String commit, String path, String text) {
        addCommit(commit);
        files(commit).orElseThrow().put(path, text);
    }

    /** The files of a commit or of the branch main; empty when there is no such commit. */
    synchronized Optional<Map<String, String>> files(String ref) {
        return Optional.ofNullable(filesByCommit.get(ref));
    }

    /** Files by path, a copy that nobody changes any more. */
    synchronized Optional<Map<String, String>> tree(String ref) {
        return files(ref).map(TreeMap::new);
    }

    synchronized boolean knows(String ref) {
        return filesByCommit.containsKey(ref);
    }

    synchronized void putPullRequest(PullRequest pull) {
        pullRequests.put(pull.number(), pull);
        addCommit(pull.headSha());
        addCommit(pull.baseSha());
    }

    synchronized PullRequest changePullRequest(int number, UnaryOperator<PullRequest> change) {
        PullRequest pull = pullRequest(number)
                .orElseThrow(() -> new IllegalArgumentException("No pull request " + fullName() + "#" + number));
        PullRequest changed = change.apply(pull);
        putPullRequest(changed);
        return changed;
    }

    synchronized Optional<PullRequest> pullRequest(int number) {
        return Optional.ofNullable(pullRequests.get(number));
    }

    /** By number. */
    synchronized List<PullRequest> openPullRequests() {
        return pullRequests.values().stream()
                .filter(pull -> pull.state().equals("open"))
                .toList();
    }

    synchronized void putIssue(Issue issue) {
        issues.put(issue.number(), issue);
    }

    /** Opens an issue with the next number that neither an issue nor a pull request has. */
    synchronized Issue openIssue(String title, String author, String body) {
        int number = openIssueNumber();
        Issue issue = new Issue(number, title, author, body, "open");
        issues.put(number, issue);
        return issue;
    }

    /** The next number that neither an issue nor a pull request has. */
    synchronized int openIssueNumber() {
        return 1
                + Stream.concat(issues.keySet().stream(), pullRequests.keySet().stream())
                        .max(Integer::compare)
                        .orElse(0);
    }

    synchronized Optional<Issue> issue(int number) {
        return Optional.ofNullable(issues.get(number));
    }

    /** By number. */
    synchronized List<Issue> issues() {
        return List.copyOf(issues.values());
    }

    synchronized @Nullable String issueTitle(int number) {
        PullRequest pull = pullRequests.get(number);
        return pull == null ? issue(number).map(Issue::title).orElse(null) : pull.title();
    }

    synchronized CheckRun putCheck(CheckRun check) {
        List<CheckRun> history = checkHistory.computeIfAbsent(check.id(), added -> new ArrayList<>());
        if (history.isEmpty()) {
            checksByCommit
                    .computeIfAbsent(check.headSha(), added -> new ArrayList<>())
                    .add(check.id());
        }
        history.add(check);
        return check;
    }

    synchronized List<CheckRun> checkHistory(long id) {
        return List.copyOf(checkHistory.getOrDefault(id, List.of()));
    }

    /** The check runs of a commit as they are now, oldest first. */
    synchronized List<CheckRun> checks(String commit) {
        return checksByCommit.getOrDefault(commit, List.of()).stream()
                .map(id -> last(checkHistory.getOrDefault(id, List.of())))
                .toList();
    }

    synchronized void putStatus(CommitStatus status) {
        statuses.add(status);
    }

    /** Every status of a commit, oldest first. */
    synchronized List<CommitStatus> statuses(String commit) {
        return statuses.stream()
                .filter(status -> status.commit().equals(commit))
                .toList();
    }

    synchronized void putComment(IssueComment comment) {
        comments.put(comment.id(), comment);
    }

    synchronized Optional<IssueComment> comment(long id) {
        return Optional.ofNullable(comments.get(id));
    }

    synchronized List<IssueComment> comments(int issue) {
        return comments.values().stream()
                .filter(comment -> comment.issue() == issue)
                .toList();
    }

    /** Adds a reaction. False when the user has reacted like this before. */
    synchronized boolean react(long id, String content, String login) {
        IssueComment comment = comment(id).orElseThrow();
        List<String> before = comment.reactions().getOrDefault(content, List.of());
        if (before.contains(login)) {
            return false;
        }
        Map<String, List<String>> reactions = new LinkedHashMap<>(comment.reactions());
        List<String> users = new ArrayList<>(before);
        users.add(login);
        reactions.put(content, List.copyOf(users));
        putComment(withReactions(comment, reactions));
        return true;
    }

    private static IssueComment withReactions(IssueComment comment, Map<String, List<String>> reactions) {
        return new IssueComment(
                comment.id(),
                comment.issue(),
                comment.author(),
                comment.body(),
                comment.createdAt(),
                Instant.now(),
                reactions);
    }

    private static CheckRun last(List<CheckRun> history) {
        return history.get(history.size() - 1);
    }
}
