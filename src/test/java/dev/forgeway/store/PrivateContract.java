package dev.forgeway.store;

import static dev.forgeway.store.Samples.NOON;
import static dev.forgeway.store.Samples.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Event;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequestEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is promised about private projects, on every database. */
abstract class PrivateContract extends RedriveContract {

    private static final DeliveryQuery DELIVERIES = new DeliveryQuery(null, null, null, PROJECT.key(), null, 10);
    private static final JobQuery JOBS = new JobQuery(null, null, null, null, null, 10);

    private static final DeadLetterQuery LETTERS =
            new DeadLetterQuery(null, null, null, null, null, null, null, null, 10);

    private PrivateProjects privates;

    @BeforeEach
    void startWithNothingPrivate() {
        privates = new PrivateProjects(jdbc, transaction);
    }

    private static Event told(@Nullable String visibility, Instant at) {
        PullRequestEvent opened = Samples.OPENED;
        Project project = new Project(PROJECT.host(), PROJECT.namespace(), PROJECT.name(), PROJECT.url(), visibility);
        return new PullRequestEvent(
                opened.action(),
                opened.forge(),
                opened.actor(),
                at,
                project,
                opened.pullRequest(),
                opened.commit(),
                null,
                opened.installation());
    }

    @Test
    void believesTheNewestEvent() {
        privates.learn(told("public", NOON), null);
        assertThat(privates.contains(PROJECT.key())).isFalse();

        privates.learn(told("private", NOON.plusSeconds(10)), null);
        privates.learn(told("public", NOON.plusSeconds(5)), null);
        privates.learn(told(null, NOON.plusSeconds(15)), null);
        assertThat(privates.contains(PROJECT.key()))
                .as("an older event comes late, and a newer one says nothing")
                .isTrue();

        privates.learn(told("private", NOON.plusSeconds(20)), null);
        privates.learn(told("public", NOON.plusSeconds(15)), null);
        assertThat(privates.all()).containsExactly(PROJECT.key());

        privates.learn(told("public", NOON.plusSeconds(25)), null);
        assertThat(privates.all()).isEmpty();
    }

    @Test
    void believesAForgeThatWasAsked() {
        privates.learn(told(null, NOON), Reason.PRIVATE_REPOSITORY);

        assertThat(privates.contains(PROJECT.key())).isTrue();
    }

    @Test
    void keepsWhatIsOfAPrivateProjectOutOfWhatIsPublic() {
        String job = concluded("k1", "fedora").id();
        String delivery = jobs.find(job).orElseThrow().job().deliveryId();
        assertThat(deliveries.searchPublic(DELIVERIES)).hasSize(1);
        assertThat(jobs.search(JOBS, false)).hasSize(1);
        assertThat(privates.ofDelivery(delivery)).isFalse();
        jobs.finish(job, Job.State.DONE, "error", "gone", 1, NOON, List.of());
        DeadLetterStore letters = new DeadLetterStore(jdbc, transaction);
        assertThat(letters.searchPublic(LETTERS)).hasSize(1);
        allowlist.put(PROJECT.key(), "denied", null);
        String listed = AllowlistEntry.PREFIX + PROJECT.key();
        letters.record(action("replay", delivery));
        letters.record(action("discard", job));
        letters.record(action("allowlist", listed));
        letters.record(action("pause", Pause.Kind.PROJECT.of(PROJECT.key())));
        letters.record(action("pause", Pause.Kind.HANDLER.of("copr-build")));
        assertThat(letters.actions(10, false)).hasSize(5);
        assertThat(allowlist.search(null, "", false, 10)).hasSize(1);

        privates.learn(told("private", NOON.plusSeconds(1)), null);

        assertThat(deliveries.searchPublic(DELIVERIES)).isEmpty();
        assertThat(deliveries.search(DELIVERIES)).hasSize(1);
        assertThat(jobs.search(JOBS, false)).isEmpty();
        assertThat(jobs.search(JOBS, true)).hasSize(1);
        assertThat(letters.searchPublic(LETTERS)).isEmpty();
        assertThat(letters.search(LETTERS)).hasSize(1);
        assertThat(letters.actions(10, false)).extracting(AdminAction::subject).containsExactly("handler copr-build");
        assertThat(letters.actions(10, true)).hasSize(5);
        assertThat(allowlist.search(null, "", false, 10)).isEmpty();
        assertThat(allowlist.search(null, "", true, 10)).hasSize(1);
        assertThat(privates.ofDelivery(delivery)).isTrue();
        assertThat(privates.ofJob(job)).isTrue();
    }

    @Test
    void keepsWhatWasDoneAboutSomethingForgottenOutOfWhatIsPublic() {
        String job = concluded("k1", "fedora").id();
        String delivery = jobs.find(job).orElseThrow().job().deliveryId();
        DeadLetterStore letters = new DeadLetterStore(jdbc, transaction);
        letters.record(action("replay", delivery));
        letters.record(action("discard", job));
        privates.learn(told("private", NOON), null);
        assertThat(letters.actions(10, false)).isEmpty();

        new RetentionStore(jdbc, transaction).delete(List.of(delivery));

        assertThat(letters.actions(10, false)).isEmpty();
        assertThat(letters.actions(10, true)).hasSize(2);
    }

    private static AdminAction action(String what, String subject) {
        return new AdminAction(what, subject, null, "ada", null, NOON);
    }
}
