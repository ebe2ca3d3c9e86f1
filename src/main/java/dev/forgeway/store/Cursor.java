package dev.forgeway.store;

import java.time.Instant;

/** The last row of a page, newest first; the next page starts behind it. */
public record Cursor(Instant at, String id) {}
