package dev.forgeway.service.testingfarm;

import org.jspecify.annotations.Nullable;

/**
 * A request for tests as Testing Farm describes it.
 *
 * @param state Testing Farm's word: new, queued, running, complete, error, cancel-requested, canceled
 * @param overall the result of a complete request: passed, failed, skipped, error, unknown, needs_inspection
 * @param summary what it says beside that, in its own words
 * @param artifactsUrl the page with logs and results, once there is one
 * @param xunitUrl the results as xunit, once there are any
 * @param url the request itself, which everybody may read
 */
public record TestRequest(
        String id,
        String state,
        @Nullable String overall,
        @Nullable String summary,
        @Nullable String artifactsUrl,
        @Nullable String xunitUrl,
        String url) {

    /** Whether nothing runs for it yet. */
    public boolean isSubmitted() {
        return state.equals("new") || state.equals("queued");
    }

    /** Whether something runs for it. Every state that is neither is an end. */
    public boolean isRunning() {
        return state.equals("running") || state.equals("cancel-requested");
    }
}
