package dev.forgeway.service.koji;

import dev.forgeway.service.http.Credential;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session of a login. Its key goes into headers, which Koji has known since version 1.30; before, it was part of the
 * address (https://docs.pagure.org/koji/migrations/migrating_to_1.30/). No number of the call is sent: a session with one
 * can have one call at a time only.
 *
 * @param id null for nobody in particular
 */
record KojiSession(@Nullable String id, String key) implements Credential {

    static final KojiSession NONE = new KojiSession(null, "");

    @Override
    public @Nullable String header() {
        return null;
    }

    @Override
    public Map<String, String> secretHeaders() {
        return id == null ? Map.of() : Map.of("Koji-Session-Id", id, "Koji-Session-Key", key);
    }

    @Override
    public String settings() {
        return "forgeway.service.koji.certificate";
    }

    @Override
    public String hide(String text) {
        return key.isEmpty() ? text : text.replace(key, "***");
    }

    @Override
    public String toString() {
        return "session " + id;
    }
}
