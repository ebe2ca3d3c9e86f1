package dev.forgeway.decide;

import dev.forgeway.forge.Permission;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was found out about one event, so that nothing is asked twice, however many beans want to know it. */
public final class EventFacts {

    private final Map<String, Permission> permissions = new HashMap<>();
    private final Map<String, Optional<String>> allowlist = new HashMap<>();
    private final Map<Integer, Optional<String>> authors = new HashMap<>();
    private @Nullable Boolean hidden;

    /** What an account may do in the project; asked for the first time only. */
    public Permission permission(String account, Supplier<Permission> ask) {
        return permissions.computeIfAbsent(account, first -> ask.get());
    }

    /** How a project or an account stands on the allowlist; asked for the first time only. */
    public Optional<String> allowlistStatus(String key, Supplier<Optional<String>> ask) {
        return allowlist.computeIfAbsent(key, first -> ask.get());
    }

    /** Who wrote a pull request; asked for the first time only. */
    public Optional<String> author(int pullRequest, Supplier<Optional<String>> ask) {
        return authors.computeIfAbsent(pullRequest, first -> ask.get());
    }

    /** Whether only some people may see the project; asked for the first time only. */
    public boolean isPrivate(Supplier<Boolean> ask) {
        if (hidden == null) {
            hidden = ask.get();
        }
        return hidden;
    }
}
