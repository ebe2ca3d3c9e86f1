package dev.forgeway.store;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that takes no work until a person resumes it.
 *
 * @param name of a handler ("copr-build"), of a source ("github"), or the key of a project (host/namespace/name)
 * @param by who it was, as they say
 */
public record Pause(
        Kind kind,
        String name,
        Instant since,
        String by,
        @Nullable String note) {

    /** Whether it is this that is paused. */
    public boolean isOf(Kind what, String called) {
        return kind == what && name.equals(called);
    }

    /** In words for people, which end a sentence without its full stop. */
    public String told() {
        return kind.of(name) + " is paused by " + by + (note == null ? "" : ": " + note);
    }

    /** What can be paused. */
    public enum Kind {
        HANDLER,
        SOURCE,
        PROJECT;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What is paused, in one text ("project host/namespace/name"). */
        public String of(String name) {
            return wireName() + " " + name;
        }
    }
}
