package dev.forgeway.handle;

import java.util.Locale;

/** How far a handler got with a job, with one sentence for the story. */
public record Outcome(Result result, String detail) {

    /** The results; WAITING means that something runs elsewhere and its end will be told to us. */
    public enum Result {
        SUCCEEDED,
        FAILED,
        ERROR,
        SKIPPED,
        CANCELED,
        WAITING;

        /** The name in the store, the API and in metrics. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Outcome succeeded(String detail) {
        return new Outcome(Result.SUCCEEDED, detail);
    }

    public static Outcome skipped(String detail) {
        return new Outcome(Result.SKIPPED, detail);
    }

    public static Outcome waiting(String detail) {
        return new Outcome(Result.WAITING, detail);
    }
}
