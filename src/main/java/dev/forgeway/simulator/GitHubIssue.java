package dev.forgeway.simulator;

/**
 * An issue at the simulated GitHub.
 *
 * @param state "open" or "closed"
 */
public record GitHubIssue(int number, String title, String author, String body, String state) {

    static GitHubIssue of(GitHubRepository.Issue issue) {
        return new GitHubIssue(issue.number(), issue.title(), issue.author(), issue.body(), issue.state());
    }
}
