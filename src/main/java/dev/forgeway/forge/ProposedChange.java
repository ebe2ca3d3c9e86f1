package dev.forgeway.forge;

import java.time.Instant;
import java.util.Map;

/**
 * Files that a project may want to have, as a pull request to its default branch.
 *
 * @param branch the branch that is made for it, or that is made this when it is there
 * @param title of the pull request, and the first line of the commit
 * @param text of the pull request
 * @param files the texts of files by their paths
 * @param at the time of the commit; the same change at the same time is the same commit
 */
public record ProposedChange(String branch, String title, String text, Map<String, String> files, Instant at) {}
