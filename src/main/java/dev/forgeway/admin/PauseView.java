package dev.forgeway.admin;

import dev.forgeway.store.Pause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something paused as the API tells it.
 *
 * @param name of the handler or source, or the key of the project
 * @param by who it was, as they say
 * @param waiting how many jobs or deliveries wait for the resumption, of the first ten thousand; null while the broker does
 *     not tell
 */
public record PauseView(
        Pause.Kind kind,
        String name,
        Instant since,
        String by,
        @Nullable String note,
        @Nullable Long waiting) {

    static PauseView of(Pause pause, @Nullable Long waiting) {
        return new PauseView(pause.kind(), pause.name(), pause.since(), pause.by(), pause.note(), waiting);
    }
}
