package dev.forgeway.decide.parse;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which files a push to Pagure changed, where its message proves it: the schema of {@code git.receive} in <a
 * href="https://pypi.org/project/pagure-messages/">pagure-messages</a> has {@code forced}, {@code old_commit} and, in
 * {@code changed_files}, what differs between that and {@code end_commit}.
 */
final class PagurePushes {

    /** Added, modified, deleted, as git writes it (https://git-scm.com/docs/git-diff#_raw_output_format). What was renamed, or became a link, is neither. */
    private static final Set<String> PLAIN = Set.of("A", "M", "D");

    private PagurePushes() {}

    /**
     * All paths that differ between the two commits. Empty when the message is no proof: it does not say that the branch
     * was not rewritten, as after a push by force, where {@code old_commit} is not what the branch was at; the branch is
     * new; or there are no files, or some of which more than one path could be concerned.
     */
    static Optional<Set<String>> changedFiles(Payload message) {
        Map<String, String> files = message.textsByName("changed_files");
        boolean proven = message.has("forced")
                && !message.flag("forced")
                && Refs.commit(message.textOrNull("old_commit")) != null
                && !files.isEmpty()
                && PLAIN.containsAll(files.values());
        return proven ? Optional.of(Set.copyOf(files.keySet())) : Optional.empty();
    }
}
