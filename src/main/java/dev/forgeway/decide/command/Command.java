package dev.forgeway.decide.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command as it was written.
 *
 * @param name one of the known names, as written ("copr-build")
 * @param packageName the package of a monorepo that it is for; null for all
 * @param arguments the other words, in their order
 */
public record Command(String name, @Nullable String packageName, List<String> arguments) {}
