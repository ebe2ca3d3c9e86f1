package dev.forgeway.event;

/** A comment, with its text as the forge gives it. */
public record Comment(long id, String body, String url) {}
