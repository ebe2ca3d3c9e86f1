package dev.forgeway.store;

import static dev.forgeway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the store of pauses promises, on every database. */
abstract class PauseContract extends RetirementContract {

    private static final Pause HANDLER = new Pause(Pause.Kind.HANDLER, "copr-build", NOON, "ada", "Copr moves");
    private static final String PROJECT = "github.com/a-namespace-that-is-long/and-a-name-that-is-longer-than-an-id";

    private PauseStore pauses;
    private DeadLetterStore actions;

    @BeforeEach
    void startWithNoPause() {
        actions = new DeadLetterStore(jdbc, transaction);
        pauses = new PauseStore(jdbc, transaction, actions);
    }

    private static AdminAction action(String what, String subject, String by) {
        return new AdminAction(what, subject, null, by, null, NOON);
    }

    @Test
    void keepsAPauseAsItBeganUntilItIsResumed() {
        assertThat(pauses.pause(HANDLER, action("pause", "handler copr-build", "ada")))
                .isTrue();
        Pause again = new Pause(Pause.Kind.HANDLER, "copr-build", NOON.plusSeconds(1), "bob", null);
        assertThat(pauses.pause(again, action("pause", "handler copr-build", "bob")))
                .isFalse();
        assertThat(pauses.all()).containsExactly(HANDLER);

        assertThat(pauses.resume(Pause.Kind.SOURCE, "copr-build", action("resume", "source copr-build", "bob")))
                .as("a source with this name")
                .isFalse();
        assertThat(pauses.resume(Pause.Kind.HANDLER, "copr-build", action("resume", "handler copr-build", "eve")))
                .isTrue();
        assertThat(pauses.all()).isEmpty();
        assertThat(actions.actions(10, true)).extracting(AdminAction::by).containsExactlyInAnyOrder("ada", "eve");
    }

    @Test
    void keepsWhoPausedAProject() {
        Pause pause = new Pause(Pause.Kind.PROJECT, PROJECT, NOON, "ada", null);
        pauses.pause(pause, action("pause", "project " + PROJECT, "ada"));

        assertThat(pauses.all()).containsExactly(pause);
        assertThat(actions.actions(1, true))
                .singleElement()
                .satisfies(kept -> assertThat(kept.subject()).isEqualTo("project " + PROJECT));
    }
}
