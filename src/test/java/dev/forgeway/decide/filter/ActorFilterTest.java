package dev.forgeway.decide.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Decisions;
import dev.forgeway.decide.ForgeQuestions;
import dev.forgeway.error.Reason;
import dev.forgeway.error.TransientException;
import dev.forgeway.event.Comment;
import dev.forgeway.event.Event;
import dev.forgeway.event.Issue;
import dev.forgeway.event.IssueCommentEvent;
import dev.forgeway.event.PullRequest;
import dev.forgeway.event.PullRequestCommentEvent;
import dev.forgeway.event.ReleaseEvent;
import dev.forgeway.forge.Forges;
import dev.forgeway.forge.Permission;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeForge;
import dev.forgeway.testing.Stores;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may ask for work, and what the forge has to be asked for it. */
class ActorFilterTest {

    private static final Comment BUILD = new Comment(99, "/packit build", "https://github.com/a/b");

    private final FakeForge forge = new FakeForge();

    private Decision judged(Event event, String... settings) {
        Decision decision = Decisions.about(event);
        Standing standing = new Standing(Stores.empty().allowlist, Examples.settings(settings));
        new ActorFilter(standing, new ForgeQuestions(new Forges(List.of(forge)))).apply(decision);
        return decision;
    }

    /** @param author of the pull request, or null where the sender does not say */
    private static Event commentBy(String actor, @Nullable String author) {
        return new PullRequestCommentEvent(
                "created",
                "github",
                actor,
                Examples.NOON,
                Examples.PROJECT,
                new PullRequest(7, null, null, null, null, author, null),
                BUILD,
                null,
                null);
    }

    @Test
    void letsTheAuthorAskWithoutAskingTheForge() {
        assertThat(judged(commentBy("ada", "ada")).isOpen()).isTrue();
        assertThat(forge.lookUps()).isEmpty();
    }

    @Test
    void letsTheOwnerAskWithoutAskingTheForge() {
        assertThat(judged(commentBy("Packit-Service", "ada")).isOpen()).isTrue();
        assertThat(forge.lookUps()).isEmpty();
    }

    @Test
    void letsAnAdminAskWithoutAskingTheForge() {
        assertThat(judged(commentBy("mira", "ada"), "decide.admins", "github.com/mira")
                        .isOpen())
                .isTrue();
        assertThat(forge.lookUps()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ADMIN, true", "WRITE, true", "READ, false", "NONE, false"})
    void letsOthersAskWhoMayWrite(Permission permission, boolean passes) {
        forge.permits("mira", permission);

        Decision decision = judged(commentBy("mira", "ada"));

        assertThat(decision.reason()).isEqualTo(passes ? null : Reason.ACTOR_NOT_ALLOWED);
        assertThat(forge.lookUps()).containsExactly("permission of mira");
    }

    @Test
    void asksOnceForAnEventHoweverManyWantToKnow() {
        forge.permits("mira", Permission.WRITE);
        Decision decision = Decisions.about(commentBy("mira", null));
        ForgeQuestions questions = new ForgeQuestions(new Forges(List.of(forge)));

        questions.permission(decision, "mira");
        questions.permission(decision, "mira");

        assertThat(forge.lookUps()).hasSize(1);
    }

    @Test
    void asksOnAnIssueForWriteAccess() {
        Event onIssue = new IssueCommentEvent(
                "created", "github", "mira", Examples.NOON, Examples.PROJECT, new Issue(8), BUILD, null);

        assertThat(judged(onIssue).reason()).isEqualTo(Reason.ACTOR_NOT_ALLOWED);
        forge.permits("mira", Permission.WRITE);
        assertThat(judged(onIssue).isOpen()).isTrue();
    }

    @Test
    void refusesWhoeverIsNotNamed() {
        Event onIssue = new IssueCommentEvent(
                "created", "github", null, Examples.NOON, Examples.PROJECT, new Issue(8), BUILD, null);

        assertThat(judged(onIssue).reason()).isEqualTo(Reason.ACTOR_NOT_ALLOWED);
    }

    @Test
    void needsNobodyForARelease() {
        Event release =
                new ReleaseEvent("published", "github", null, Examples.NOON, Examples.PROJECT, "1.0", null, null);

        assertThat(judged(release).isOpen()).isTrue();
    }

    @Test
    void decidesNothingWhileTheForgeCannotSay() {
        forge.refuses(new TransientException("away"));

        assertThatThrownBy(() -> judged(commentBy("mira", "ada"))).isInstanceOf(TransientException.class);
    }
}
