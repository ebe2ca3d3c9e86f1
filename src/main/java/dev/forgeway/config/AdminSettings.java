package dev.forgeway.config;

import org.jspecify.annotations.Nullable;

/**
 * Settings of the admin API.
 *
 * @param token what a write must bear; null switches writes off
 */
public record AdminSettings(@Nullable Secret token) {}
