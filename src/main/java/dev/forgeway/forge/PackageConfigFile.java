package dev.forgeway.forge;

/** The package config as it stands in a repository at one commit. */
public record PackageConfigFile(String path, String text) {}
