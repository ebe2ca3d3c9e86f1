package dev.forgeway.report;

import dev.forgeway.forge.Check;
import dev.forgeway.forge.CheckRefusedException;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.Subject;
import dev.forgeway.store.OutboxEntry;
import dev.forgeway.store.PullRequestHeadStore;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells of checks by comments where a forge lets us show none: how each ended, on the pull request, or on the commit where
 * there is no pull request. The same text is told to the same place once.
 */
@Component
public class CheckComments {

    private static final String COMMENT = "comment/";

    private final PullRequestHeadStore pullRequests;

    public CheckComments(PullRequestHeadStore pullRequests) {
        this.pullRequests = pullRequests;
    }

    /** Whether our id of a check is one that {@link #tell} gave. */
    static boolean isComment(@Nullable String externalId) {
        return externalId != null && externalId.startsWith(COMMENT);
    }

    /**
     * Comments on how a check ended.
     *
     * @param why what the forge said about checks
     * @return our id of the check
     * @throws CheckRefusedException for a check that has not ended, and where nobody can comment
     */
    String tell(Forge forge, OutboxEntry entry, String why) {
        Check check = Objects.requireNonNull(entry.check());
        Subject subject = subject(forge, entry).orElse(null);
        if (!check.state().isFinal() || subject == null) {
            throw new CheckRefusedException(why, false);
        }
        String text = text(check, why);
        String key =
                UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
        return COMMENT + forge.addComment(entry.target(), subject, key, text, true);
    }

    private Optional<Subject> subject(Forge forge, OutboxEntry entry) {
        Optional<Subject> pullRequest =
                pullRequests.at(entry.target().project().key(), entry.place()).map(Subject::pullRequest);
        return pullRequest.isPresent() || !forge.hasCommentsOnCommits()
                ? pullRequest
                : Optional.of(new Subject(Subject.Kind.COMMIT, entry.place()));
    }

    private static String text(Check check, String why) {
        StringBuilder text = new StringBuilder();
        text.append("`").append(check.name().replace('`', '\'')).append("`: **");
        text.append(check.state().name().toLowerCase(Locale.ROOT)).append("**. ");
        text.append(check.title());
        check.webAddress().ifPresent(details -> text.append("\n\n").append(details));
        String summary = check.summary();
        if (summary != null) {
            text.append("\n\n").append(summary);
        }
        return text.append("\n\nThis is a comment because no check could be shown. ")
                .append(why)
                .toString();
    }
}
