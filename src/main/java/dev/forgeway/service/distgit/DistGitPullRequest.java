package dev.forgeway.service.distgit;

/**
 * A pull request in dist-git.
 *
 * @param url where people see it
 */
public record DistGitPullRequest(String url) {}
