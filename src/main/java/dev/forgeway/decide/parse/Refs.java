package dev.forgeway.decide.parse;

import org.jspecify.annotations.Nullable;

/** What a push says with its two commits: zeros stand for a branch or tag that was not there before, or is not now. */
final class Refs {

    private Refs() {}

    /** The commit, or null for zeros and for nothing. */
    static @Nullable String commit(@Nullable String id) {
        return id == null || id.isEmpty() || id.chars().allMatch(digit -> digit == '0') ? null : id;
    }

    static String action(@Nullable String before, @Nullable String after) {
        if (commit(after) == null) {
            return "deleted";
        }
        return commit(before) == null ? "created" : "pushed";
    }

    /** The whole ref of a branch or tag that was only named. */
    static String whole(String kind, String name) {
        if (name.startsWith("refs/")) {
            return name;
        }
        return (kind.equals("tag") ? "refs/tags/" : "refs/heads/") + name;
    }
}
