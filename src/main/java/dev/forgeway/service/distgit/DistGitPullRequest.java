package dev.forgeway.service.distgit;

/** A pull request in dist-git, and where people see it. */
public record DistGitPullRequest(int number, String url) {}
