package dev.forgeway.store;

import java.time.Instant;
import java.util.Locale;

/**
 * Something that a source sent and we did not get.
 *
 * @param source what was asked, as {@link Completeness} names it
 * @param key the sender's own key
 * @param remoteId by which the source can be asked for it
 * @param sentAt when the source sent it first
 * @param answered the HTTP status that it was answered with; 0 for none
 */
public record MissedDelivery(
        String source, String key, String remoteId, String eventName, Instant sentAt, int answered) {

    /** What became of it. */
    public enum State {
        /** It is to be fetched. */
        FOUND,
        /** It is durable here. */
        RECOVERED,
        /** Nobody wants it. */
        UNWANTED,
        /** The source no longer has it. */
        LOST;

        /** As the API and metrics name it. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
