package dev.forgeway.forge;

import dev.forgeway.event.Project;
import org.jspecify.annotations.Nullable;

/** A project on a forge, and the installation through which it is reached (GitHub; null elsewhere and for tokens). */
public record Target(Project project, @Nullable Long installationId) {}
