package dev.forgeway.decide.parse;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which files a push to GitHub changed, where its payload proves it
 * (https://docs.github.com/en/webhooks/webhook-events-and-payloads#push).
 */
final class GitHubPushes {

    /** Long lists are cut off, and without a word. */
    private static final int MOST_COMMITS = 20;

    private static final List<String> LISTS = List.of("added", "removed", "modified");

    private GitHubPushes() {}

    /**
     * All paths that differ between the two commits, and maybe more. Empty when the payload is no proof: the branch is
     * new, was deleted or was rewritten; the list of commits may be cut off or does not end at the head; or a commit names
     * no file, as merges and very large commits do.
     */
    static Optional<Set<String>> changedFiles(Payload payload) {
        List<Payload> commits = payload.objects("commits");
        if (payload.flag("forced")
                || payload.flag("created")
                || payload.flag("deleted")
                || commits.isEmpty()
                || commits.size() > MOST_COMMITS
                || !payload.text("after").equals(commits.get(commits.size() - 1).textOrNull("id"))) {
            return Optional.empty();
        }
        Set<String> all = new HashSet<>();
        for (Payload commit : commits) {
            int named = 0;
            for (String list : LISTS) {
                List<String> paths = commit.texts(list);
                named += paths.size();
                all.addAll(paths);
            }
            if (named == 0) {
                return Optional.empty();
            }
        }
        return Optional.of(Set.copyOf(all));
    }
}
