package dev.forgeway.store;

import dev.forgeway.dispatch.Job.State;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list, newest first; null means any.
 *
 * @param outcome "succeeded", "failed", "error", "skipped" or "canceled"
 * @param project a project key ({@code host/namespace/name})
 * @param pullRequest its number, in the project
 * @param before the id of the last job of the page before
 * @param limit 1 to {@value #MOST}; more is cut
 */
public record JobQuery(
        @Nullable String handler,
        @Nullable State state,
        @Nullable String outcome,
        @Nullable String project,
        @Nullable Integer pullRequest,
        @Nullable String before,
        int limit) {

    static final int MOST = 200;

    /** The order in which an index has the deliveries of a project, and another one the jobs of each. */
    private static final String[] IN_PROJECT = {"job.delivery_id", "job.seq"};

    public JobQuery {
        limit = Math.max(1, Math.min(limit, MOST));
    }

    /** The first page. */
    public JobQuery(
            @Nullable String handler,
            @Nullable State state,
            @Nullable String outcome,
            @Nullable String project,
            @Nullable Integer pullRequest,
            int limit) {
        this(handler, state, outcome, project, pullRequest, null, limit);
    }

    Conditions conditions() {
        Conditions conditions = new Conditions()
                .equal("job.handler", handler)
                .equal("job.state", state == null ? null : state.name())
                .equal("job.outcome", outcome)
                .equal("delivery.project", project)
                .equal("delivery.pull_request", pullRequest)
                .equal("job.pull_request", pullRequest);
        return project == null
                ? conditions.below("job.id", before)
                : conditions.having(
                        "(job.delivery_id, job.seq) < (select last.delivery_id, last.seq from job last where last.id = ?)",
                        before);
    }

    /** Without those for private projects, or because of them. */
    Conditions publicConditions() {
        return conditions().notPrivate("job.project").notOfPrivate("job.delivery_id");
    }

    /** The rows and their order. They are found in an index alone, whatever the planner believes about what is behind it. */
    String page(Conditions conditions) {
        String[] order = project == null ? new String[] {"job.id"} : IN_PROJECT;
        String from =
                project == null && pullRequest == null ? "job " : "job join delivery on delivery.id = job.delivery_id ";
        String page = "select job.id from " + from + conditions.newestFirst(limit, order);
        return "where job.id in (" + page + ") order by " + String.join(" desc, ", order) + " desc";
    }
}
