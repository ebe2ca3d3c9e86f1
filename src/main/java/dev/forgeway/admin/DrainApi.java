package dev.forgeway.admin;

import dev.forgeway.store.AdminAction;
import dev.forgeway.store.DeadLetterStore;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Lets the process that answers come to rest, before it is stopped. Everything throws {@link Problem}. */
@Component
public class DrainApi {

    private static final Logger LOG = LoggerFactory.getLogger(DrainApi.class);

    private final Draining draining;
    private final DeadLetterStore actions;
    private final AdminApi api;
    private final Clock clock;
    private final String process;
    private @Nullable Instant since;
    private @Nullable String by;

    public DrainApi(Draining draining, DeadLetterStore actions, AdminApi api, Clock clock) {
        this.draining = draining;
        this.actions = actions;
        this.api = api;
        this.clock = clock;
        this.process = host() + ":" + ProcessHandle.current().pid();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** How far it is. */
    public synchronized DrainView look() {
        Map<String, Integer> running = draining.running();
        return new DrainView(process, since != null, since, by, running, since != null && running.isEmpty());
    }

    /** Takes nothing more from now on; what is drained already stays as it is. */
    public synchronized DrainView begin(
            @Nullable String authorization, @Nullable String person, @Nullable String note) {
        record(authorization, "drain", person, note);
        if (since == null) {
            since = clock.instant();
            by = person;
            LOG.warn("{} is drained by {}: it takes nothing more", process, person);
        }
        draining.begin();
        return look();
    }

    /** Takes in again. */
    public synchronized DrainView end(@Nullable String authorization, @Nullable String person, @Nullable String note) {
        record(authorization, "end-drain", person, note);
        since = null;
        by = null;
        LOG.warn("{} takes in again, says {}", process, person);
        draining.end();
        return look();
    }

    private void record(@Nullable String authorization, String action, @Nullable String person, @Nullable String note) {
        api.requireToken(authorization);
        String whom = AdminApi.by(person);
        actions.record(new AdminAction(action, "process " + process, null, whom, note, clock.instant()));
    }
}
