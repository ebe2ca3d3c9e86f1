package dev.forgeway.decide;

import dev.forgeway.error.Reason;
import dev.forgeway.store.Outcome;
import org.jspecify.annotations.Nullable;

/** A filter's answer: on it goes, or it stops here for a reason. */
public record Verdict(
        @Nullable Outcome outcome,
        @Nullable Reason reason,
        @Nullable String detail) {

    public static Verdict pass(String why) {
        return new Verdict(null, null, why);
    }

    /** Nothing that anybody asked for. */
    public static Verdict ignore(Reason reason, @Nullable String detail) {
        return new Verdict(Outcome.IGNORED, reason, detail);
    }

    /** Asked for, but not to be done. */
    public static Verdict refuse(Reason reason, @Nullable String detail) {
        return new Verdict(Outcome.FILTERED, reason, detail);
    }
}
