package dev.forgeway.decide;

import dev.forgeway.forge.Permission;
import dev.forgeway.forge.PullRequestHead;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was found out about one event, so that nothing is asked twice, however many beans want to know it. */
public final class EventFacts {

    private final Map<String, Permission> permissions = new HashMap<>();
    private final Map<String, Boolean> memberships = new HashMap<>();
    private final Map<String, Optional<String>> allowlist = new HashMap<>();
    private final Map<Integer, Optional<PullRequestHead>> pullRequests = new HashMap<>();
    private final Map<String, Optional<String>> heads = new HashMap<>();
    private @Nullable Boolean hidden;

    /** What an account may do in the project; asked for the first time only. */
    public Permission permission(String account, Supplier<Permission> ask) {
        return permissions.computeIfAbsent(account, first -> ask.get());
    }

    /** Whether an account is in a group; asked for the first time only. */
    public boolean isMember(String groupAndAccount, Supplier<Boolean> ask) {
        return memberships.computeIfAbsent(groupAndAccount, first -> ask.get());
    }

    /** How a project or an account stands on the allowlist; asked for the first time only. */
    public Optional<String> allowlistStatus(String key, Supplier<Optional<String>> ask) {
        return allowlist.computeIfAbsent(key, first -> ask.get());
    }

    /** A pull request and its head; asked for the first time only. */
    public Optional<PullRequestHead> pullRequest(int number, Supplier<Optional<PullRequestHead>> ask) {
        return pullRequests.computeIfAbsent(number, first -> ask.get());
    }

    /** The newest commit of a branch; asked for the first time only. */
    public Optional<String> head(String branch, Supplier<Optional<String>> ask) {
        return heads.computeIfAbsent(branch, first -> ask.get());
    }

    /** Whether only some people may see the project; asked for the first time only. */
    public boolean isPrivate(Supplier<Boolean> ask) {
        if (hidden == null) {
            hidden = ask.get();
        }
        return hidden;
    }
}
