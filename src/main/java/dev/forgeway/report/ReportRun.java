package dev.forgeway.report;

import dev.forgeway.store.OutboxEntry;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One attempt at one report. */
public final class ReportRun {

    private final String id;
    private final @Nullable OutboxEntry entry;
    private final Instant startedAt;
    private @Nullable String externalId;
    private boolean moreWanted;
    private boolean unanswered;

    ReportRun(String id, @Nullable OutboxEntry entry, Instant startedAt) {
        this.id = id;
        this.entry = entry;
        this.startedAt = startedAt;
    }

    public String id() {
        return id;
    }

    /** False when the forge shows the newest state already. */
    public boolean isDue() {
        return entry != null;
    }

    OutboxEntry entry() {
        return Objects.requireNonNull(entry, "nothing to report");
    }

    Instant startedAt() {
        return startedAt;
    }

    @Nullable
    String externalId() {
        return externalId;
    }

    void delivered(String forgesId) {
        this.externalId = forgesId;
    }

    /** Whether nobody knows if something was made that another attempt would make once more. */
    boolean mayHaveMade() {
        return unanswered;
    }

    void gotNoAnswer() {
        this.unanswered = true;
    }

    /** While this was being sent, something newer was wanted. */
    public boolean isMoreWanted() {
        return moreWanted;
    }

    void newerIsWanted(boolean more) {
        this.moreWanted = more;
    }
}
