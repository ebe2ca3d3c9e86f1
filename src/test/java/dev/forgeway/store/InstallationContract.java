package dev.forgeway.store;

import static dev.forgeway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.event.Installation;
import dev.forgeway.event.InstallationEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the stores of installations and of approvals promise, on every database. */
abstract class InstallationContract extends ScheduleContract {

    private static final String ACCOUNT = "github.com/sandstone";
    private static final String HELLO = ACCOUNT + "/hello";
    private static final String WORLD = ACCOUNT + "/world";

    InstallationStore installations;
    ApprovalStore approvals;

    @BeforeEach
    void startWithNoInstallation() {
        installations = new InstallationStore(jdbc, transaction);
        approvals = new ApprovalStore(jdbc, transaction);
    }

    private void saw(long id, String action, Instant at, String... repositories) {
        InstallationEvent event = new InstallationEvent(
                action, "github", "mira", at, new Installation(id, "sandstone"), "github.com", List.of(repositories));
        installations.saw(event, ACCOUNT, "d-" + action);
    }

    @Test
    void keepsWhatIsToldOfAnInstallationWhateverComesFirst() {
        saw(1, "created", NOON, "sandstone/hello");
        saw(1, "unsuspended", NOON.plusSeconds(20));
        saw(1, "suspended", NOON.plusSeconds(10));
        saw(1, "repositories-added", NOON.plusSeconds(30), "sandstone/world");
        saw(1, "created", NOON, "sandstone/hello");

        KnownInstallation found = installations.find(1).orElseThrow();
        assertThat(found.state()).isEqualTo(KnownInstallation.State.ACTIVE);
        assertThat(found.installedBy()).isEqualTo("mira");
        assertThat(found.installedAt()).isEqualTo(NOON);
        assertThat(found.changedAt()).isEqualTo(NOON.plusSeconds(20));
        assertThat(found.repositories()).containsExactly(HELLO, WORLD);
        assertThat(installations.ofProject(WORLD)).contains(found);

        saw(1, "repositories-removed", NOON.plusSeconds(40), "sandstone/hello");

        assertThat(installations.find(1).orElseThrow().repositories()).containsExactly(WORLD);
        assertThat(installations.ofProject(HELLO))
                .as("by the account alone")
                .get()
                .extracting(KnownInstallation::id)
                .isEqualTo(1L);
        assertThat(installations.ofProject("github.com/other/hello")).isEmpty();
    }

    @Test
    void knowsThatWhatWasRemovedDoesNotComeBack() {
        saw(1, "deleted", NOON.plusSeconds(10), "sandstone/hello");
        saw(1, "created", NOON.plusSeconds(20), "sandstone/hello");
        assertThat(installations.find(1).orElseThrow().state()).isEqualTo(KnownInstallation.State.REMOVED);

        saw(2, "created", NOON.plusSeconds(30), "sandstone/hello");

        assertThat(installations.ofAccount(ACCOUNT).orElseThrow().id()).isEqualTo(2);
        assertThat(installations.ofProject(HELLO).orElseThrow().state()).isEqualTo(KnownInstallation.State.ACTIVE);
    }

    @Test
    void letsOneDeliveryOpenTheIssueOfAnAccountAndTheSameAgainAfterACrash() {
        assertThat(race(() -> approvals.claim(
                        ACCOUNT,
                        "mira",
                        "github.com/o/n",
                        "d" + Thread.currentThread().getId())))
                .containsOnlyOnce(true);
        String winner = jdbc.queryForObject("select delivery_id from approval_issue", String.class);

        assertThat(approvals.claim(ACCOUNT, "mira", "github.com/o/n", String.valueOf(winner)))
                .isTrue();
        assertThat(approvals.claim(ACCOUNT, "ada", "github.com/o/n", "another")).isFalse();
        approvals.opened(ACCOUNT, 7);

        assertThat(approvals.claim(ACCOUNT, "mira", "github.com/o/n", String.valueOf(winner)))
                .isFalse();
        assertThat(approvals.at("github.com/o/n", 7))
                .contains(new ApprovalIssue(ACCOUNT, "mira", "github.com/o/n", 7))
                .isEqualTo(approvals.of(ACCOUNT));
        assertThat(approvals.at("github.com/o/n", 8)).isEmpty();
    }
}
