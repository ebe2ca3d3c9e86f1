package dev.forgeway.forge;

import org.jspecify.annotations.Nullable;

/** The commit that a tag points to, and the package config found there (null when there is none). */
public record TagHead(String commit, @Nullable PackageConfigFile config) {}
