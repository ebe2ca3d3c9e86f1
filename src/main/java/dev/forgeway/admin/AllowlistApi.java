package dev.forgeway.admin;

import dev.forgeway.store.AdminAction;
import dev.forgeway.store.AllowlistEntry;
import dev.forgeway.store.AllowlistStore;
import dev.forgeway.store.DeadLetterStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who may use the service. Everything throws {@link Problem}. */
@Component
public class AllowlistApi {

    private static final Set<String> DECISIONS = Set.of("approved-manually", "waiting", "denied");

    /** As {@link dev.forgeway.event.Project#key} has it, or the beginning of one; what is no key would decide nothing. */
    private static final Pattern KEY = Pattern.compile("[^/\\s]+(/[^/\\s]+)*");

    /** What nobody decides. */
    private static final String BY_ITSELF = "approved-automatically";

    private final AllowlistStore allowlist;
    private final DeadLetterStore actions;
    private final AdminApi api;
    private final Clock clock;

    public AllowlistApi(AllowlistStore allowlist, DeadLetterStore actions, AdminApi api, Clock clock) {
        this.allowlist = allowlist;
        this.actions = actions;
        this.api = api;
        this.clock = clock;
    }

    /**
     * What somebody decides.
     *
     * @param key {@code host}, {@code host/namespace} or {@code host/namespace/name}
     * @param by who it is; what is decided is kept with it
     */
    public record Change(
            @Nullable String key,
            @Nullable String status,
            @Nullable String by,
            @Nullable String note) {}

    /**
     * The entries in the order of their keys, by {@code status}, {@code after} (the key of the last one of the page before) and
     * {@code limit}.
     */
    public List<AllowlistEntry> list(Reader reader, Map<String, String> parameters) {
        String status = parameters.get("status");
        if (status != null && !DECISIONS.contains(status) && !status.equals(BY_ITSELF)) {
            throw Problem.badRequest("unknown value " + status);
        }
        return allowlist.search(
                status, parameters.getOrDefault("after", ""), reader == Reader.OPERATOR, AdminApi.limit(parameters));
    }

    /** Decides about a namespace or project, and tells what counts for it now. */
    public AllowlistEntry change(@Nullable String authorization, Change change) {
        api.requireToken(authorization);
        String key = change.key();
        String status = change.status();
        if (key == null || !KEY.matcher(key).matches()) {
            throw Problem.badRequest("key must be host, host/namespace or host/namespace/name");
        }
        if (status == null || !DECISIONS.contains(status)) {
            throw Problem.badRequest("status must be one of " + DECISIONS);
        }
        String by = AdminApi.by(change.by());
        allowlist.put(key, status, change.note());
        String what = change.note() == null ? status : status + ": " + change.note();
        actions.record(new AdminAction("allowlist", AllowlistEntry.PREFIX + key, null, by, what, clock.instant()));
        return allowlist.find(key).orElseThrow(() -> Problem.notFound(key + " was taken off the allowlist at once"));
    }
}
