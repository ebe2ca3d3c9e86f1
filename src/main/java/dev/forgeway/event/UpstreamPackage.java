package dev.forgeway.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A package, with the new versions of its upstream. */
public record UpstreamPackage(
        String name, List<String> versions, @Nullable String bugId) {}
