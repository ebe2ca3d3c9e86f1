package dev.forgeway.admin;

import dev.forgeway.store.DeadLetter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter with all that helps to say what is wrong.
 *
 * @param stack where it failed last; null where that is not known
 * @param eventName the sender's name of the event; null when the body is not kept any more, as are the two that follow
 * @param headers those that came with the body and are kept
 * @param body as it came
 */
public record DeadLetterView(
        DeadLetter letter,
        @Nullable String stack,
        @Nullable String eventName,
        @Nullable Map<String, String> headers,
        @Nullable String body) {}
