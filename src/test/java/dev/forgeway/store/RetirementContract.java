package dev.forgeway.store;

import static dev.forgeway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.event.Installation;
import dev.forgeway.event.InstallationEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the store of retirements promises, on every database. */
abstract class RetirementContract extends InstallationContract {

    private static final Instant LATER = NOON.plusSeconds(60);

    private static final Instant NOW = NOON.plusSeconds(3600);

    RetirementStore retirements;

    @BeforeEach
    void startWithNoRetirement() {
        retirements = new RetirementStore(jdbc, transaction);
    }

    private void saw(long id, String account, String action, Instant at) {
        String repository = Samples.PROJECT.namespace() + "/" + Samples.PROJECT.name();
        String project = account.equals(Samples.PROJECT.namespace()) ? repository : account + "/hello";
        installations.saw(
                new InstallationEvent(
                        action,
                        "github",
                        "mira",
                        at,
                        new Installation(id, account),
                        Samples.PROJECT.host(),
                        List.of(project)),
                Samples.PROJECT.host() + "/" + account,
                "d");
    }

    private List<Long> open() {
        return retirements.open().stream().map(Retirement::installationId).toList();
    }

    @Test
    void listsWhatWasInstalledInTimeAndLedToNothing() {
        saw(1, "idle", "created", NOON);
        saw(2, "young", "created", LATER);
        saw(3, "gone", "created", NOON);
        saw(3, "gone", "deleted", NOON.plusSeconds(1));
        saw(4, Samples.PROJECT.namespace(), "created", NOON);
        concluded("k1", "fedora");
        projects.saw(new ConfigSighting(
                Samples.PROJECT.host() + "/idle/hello", ConfigSighting.State.ABSENT, null, null, "c", true, "x"));

        assertThat(retirements.list(LATER, NOW)).isEqualTo(1);

        assertThat(open()).containsExactly(1L);
        assertThat(retirements.find(1).orElseThrow().events()).isEqualTo(1);
        assertThat(retirements.isIdle(1, LATER)).isTrue();
        projects.saw(new ConfigSighting(
                Samples.PROJECT.host() + "/idle/hello", ConfigSighting.State.PRESENT, "p", null, "c", true, "x"));
        assertThat(retirements.isIdle(1, LATER)).isFalse();
        assertThat(retirements.list(LATER, NOW)).isZero();
        assertThat(open()).isEmpty();
    }

    @Test
    void neverListsOneThatAJobCameOfHoweverLongAgo() {
        saw(4, Samples.PROJECT.namespace(), "created", NOON);
        assertThat(retirements.isIdle(4, LATER)).isTrue();
        String delivery = concluded("k1", "fedora").deliveryId();
        assertThat(retirements.isIdle(4, LATER)).isFalse();
        new RetentionStore(jdbc, transaction).delete(List.of(delivery));

        retirements.list(LATER, NOW);
        assertThat(open()).isEmpty();

        saw(4, Samples.PROJECT.namespace(), "deleted", LATER);
        saw(5, Samples.PROJECT.namespace(), "created", LATER);
        retirements.list(LATER.plusSeconds(1), NOW);
        assertThat(open()).as("a new installation begins anew").containsExactly(5L);
    }

    @Test
    void endsOnceWhatWasWarnedInTimeAndBeginsAnewWhenItComesBack() {
        saw(1, "idle", "created", NOON);
        retirements.list(LATER, NOW);
        Instant soon = NOW.plusSeconds(60);
        assertThat(retirements.due(soon, "dry-run")).as("not warned").isEmpty();
        retirements.warned(1, "dry-run", NOW);
        assertThat(retirements.due(NOON, "dry-run")).as("not long ago").isEmpty();
        assertThat(retirements.due(soon, "suspend")).as("not warned of this").isEmpty();

        retirements.done(1, "dry-run", "would have been", NOW);
        assertThat(retirements.due(soon, "dry-run")).as("done").isEmpty();
        assertThat(open()).containsExactly(1L);
        retirements.warned(1, "suspend", NOW);
        assertThat(retirements.due(soon, "suspend")).hasSize(1);
        retirements.done(1, "suspend", "was suspended", NOW);
        retirements.list(LATER, NOW);

        assertThat(retirements.due(soon, "suspend")).isEmpty();
        assertThat(open()).isEmpty();
        assertThat(retirements.find(1).orElseThrow().doneAt()).isNotNull();

        saw(1, "idle", "unsuspended", soon);
        retirements.list(soon.plusSeconds(1), NOW);

        assertThat(open()).containsExactly(1L);
        assertThat(retirements.find(1).orElseThrow().warnedAt()).isNull();
    }

    @Test
    void keepsWhatItEndedWithoutAnAnswer() {
        saw(1, "ended", "created", NOON);
        saw(2, "used", "created", NOON);
        retirements.list(LATER, NOW);
        retirements.warned(1, "suspend", NOW);
        retirements.begins(1, "suspend");
        retirements.begins(2, "suspend");
        retirements.list(LATER, NOW);
        assertThat(retirements.due(NOW, "suspend")).as("tried again").hasSize(1);

        saw(1, "ended", "suspended", LATER);
        projects.saw(new ConfigSighting(
                Samples.PROJECT.host() + "/used/hello", ConfigSighting.State.PRESENT, "p", null, "c", true, "x"));
        retirements.list(LATER, NOW);

        assertThat(open()).isEmpty();
        assertThat(retirements.find(1).orElseThrow().doneAt()).isEqualTo(NOW);
        assertThat(retirements.find(1).orElseThrow().action()).isEqualTo("suspend");
        assertThat(retirements.find(2)).as("GitHub did nothing, and it is used").isEmpty();
    }

    @Test
    void leavesAnAccountAloneOfWhoseRepositoriesItWasNotTold() {
        saw(1, "before-us", "repositories-added", NOON);
        saw(2, "renamed", "created", NOON);
        projects.saw(new ConfigSighting(
                Samples.PROJECT.host() + "/renamed/other", ConfigSighting.State.PRESENT, "p", null, "c", true, "x"));

        retirements.list(LATER, NOW);

        assertThat(open()).isEmpty();
    }
}
