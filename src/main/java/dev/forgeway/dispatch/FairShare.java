package dev.forgeway.dispatch;

import dev.forgeway.config.DispatchSettings;
import java.util.List;

/**
 * Makes the n-th waiting job of somebody less urgent, the larger n is, so that one who asks for much does not hold up
 * others. Everybody has room for some jobs at each priority, twice as much at each lower one; a job takes the highest
 * priority that has room for it. As jobs are worked on, room becomes free again, and so those who always have more
 * waiting get equal shares: docs/priorities.md shows it.
 */
final class FairShare {

    private final DispatchSettings.FairShare settings;

    FairShare(DispatchSettings.FairShare settings) {
        this.settings = settings;
    }

    /**
     * What is taken off.
     *
     * @param scope whose jobs were too many
     * @param waiting how many there are
     */
    record Deduction(int points, String scope, int waiting) {}

    /**
     * The largest deduction of a job's scopes.
     *
     * @param priority the job's without it
     * @param scopes as {@link Backlog#scopes} gives them
     */
    Deduction of(Backlog backlog, List<String> scopes, int priority) {
        List<Integer> quotas = List.of(settings.perNamespace(), settings.perProject(), settings.perPullRequest());
        Deduction largest = new Deduction(0, "", 0);
        for (int i = 0; i < scopes.size(); i++) {
            String scope = scopes.get(i);
            int points = points(backlog, scope, quotas.get(i), priority);
            if (points > largest.points()) {
                largest = new Deduction(points, scope, backlog.waiting(scope, 0));
            }
        }
        return largest;
    }

    private int points(Backlog backlog, String scope, int quota, int priority) {
        if (quota == 0) {
            return 0;
        }
        int most = Math.min(settings.most(), priority);
        long room = quota;
        int points = 0;
        while (points < most && backlog.waiting(scope, priority - points) >= room) {
            points++;
            room = 2 * room + quota;
        }
        return points;
    }
}
