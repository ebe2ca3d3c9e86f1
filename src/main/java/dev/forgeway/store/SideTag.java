package dev.forgeway.store;

import org.jspecify.annotations.Nullable;

/**
 * Where the packages of a group are built together for a branch.
 *
 * @param group as package configs name it
 * @param branch of dist-git; {@code rawhide} by the name {@code main}
 * @param name of the tag in Koji; null when it was asked for and the answer is not known
 * @param newestBefore the number of the newest side tag that was there before it was asked for; 0 for none
 */
public record SideTag(String group, String branch, @Nullable String name, long newestBefore) {}
