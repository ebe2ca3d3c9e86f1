package dev.forgeway.event;

import org.jspecify.annotations.Nullable;

/** A run of the forge's own CI. */
public record Pipeline(String id, String status, @Nullable String url) {}
