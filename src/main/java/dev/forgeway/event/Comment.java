package dev.forgeway.event;

import org.jspecify.annotations.Nullable;

/**
 * A comment, with its text as the forge gives it.
 *
 * @param app the id of the app that wrote it, on a forge that tells it; null for a person
 * @param before its text before it was edited, on a forge that tells it; null for a new comment
 */
public record Comment(
        long id,
        String body,
        String url,
        @Nullable String app,
        @Nullable String before) {

    /** A new comment of a person, or on a forge that does not tell. */
    public Comment(long id, String body, String url) {
        this(id, body, url, null, null);
    }
}
