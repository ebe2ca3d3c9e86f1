package dev.forgeway.forge;

import dev.forgeway.event.PullRequest;
import org.jspecify.annotations.Nullable;

/** What a pull request's head is now, and the package config found there (null when there is none). */
public record PullRequestHead(
        PullRequest pullRequest, String commit, @Nullable PackageConfigFile config) {}
