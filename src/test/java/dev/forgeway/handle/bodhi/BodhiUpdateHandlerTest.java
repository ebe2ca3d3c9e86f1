package dev.forgeway.handle.bodhi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.Outcome;
import dev.forgeway.handle.SideTagPlan;
import dev.forgeway.handle.koji.SideTags;
import dev.forgeway.service.bodhi.BodhiUpdate;
import dev.forgeway.service.bodhi.BodhiUpdates;
import dev.forgeway.store.ClusterLock;
import dev.forgeway.store.Link;
import dev.forgeway.store.SideTagStore;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeKoji;
import dev.forgeway.testing.FakeKojiTags;
import dev.forgeway.testing.Stores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class BodhiUpdateHandlerTest {

    private static final String TARGET = "f45-candidate";
    private static final String CHECK = "bodhi-update:" + TARGET + ": ";
    private static final String NVR = "hello-1.0-101";

    private final Stores stores = Stores.empty();
    private final FakeKoji koji = new FakeKoji();
    private final Updates bodhi = new Updates();
    private final FakeKojiTags tags = new FakeKojiTags();
    private final SideTagStore sideTags = new SideTagStore(stores.jdbc, stores.transaction);
    private final BodhiUpdateHandler handler = new BodhiUpdateHandler(
            bodhi,
            koji,
            new SideTags(tags, sideTags, new ClusterLock(stores.jdbc), stores.effects),
            stores.jobs,
            stores.outbox,
            stores.transaction,
            stores.issues());
    private final Job build = stores.dispatched(
            Examples.job("koji-build", Examples.pullRequest(Examples.PROJECT), List.of(TARGET), Map.of()));
    private final Job job = stores.dispatched(Examples.job(
            "bodhi-update",
            Examples.pullRequest(Examples.PROJECT),
            List.of(TARGET),
            Map.of(Job.BUILD, build.id(), Job.CHROOT, TARGET)));

    /** A Bodhi that remembers its updates. */
    private static final class Updates implements BodhiUpdates {

        private final Map<String, BodhiUpdate> byBuild = new LinkedHashMap<>();
        private boolean on = true;
        private boolean refuses;
        private boolean hasLateUpdate;

        @Override
        public boolean isOn() {
            return on;
        }

        @Override
        public Optional<BodhiUpdate> find(String nvr) {
            return Optional.ofNullable(byBuild.get(nvr));
        }

        @Override
        public BodhiUpdate create(
                List<String> builds, @Nullable String fromTag, String notes, Map<String, @Nullable Object> more) {
            BodhiUpdate update = new BodhiUpdate("FEDORA-1", "https://bodhi.example.org/updates/FEDORA-1", fromTag);
            if (hasLateUpdate) {
                builds.forEach(nvr -> byBuild.put(nvr, update));
            }
            if (hasLateUpdate || refuses) {
                throw new UserErrorException("Bodhi refused");
            }
            for (String nvr : builds) {
                if (byBuild.putIfAbsent(nvr, update) != null) {
                    throw new AssertionError("a second update of " + nvr);
                }
            }
            return update;
        }
    }

    private void isBuilt(CheckState state) {
        stores.jobs.submitted(build.id(), "101", List.of());
        stores.jobs.advanceTarget(build.id(), TARGET, state);
    }

    @Test
    void makesAnUpdateOfTheBuild() {
        koji.says("101", "closed");
        isBuilt(CheckState.SUCCESS);

        assertThat(handler.handle(job)).isEqualTo(Outcome.succeeded("Update FEDORA-1 was made."));

        assertThat(bodhi.byBuild).containsOnlyKeys(NVR);
        assertThat(stores.load(job).externalId()).isEqualTo("FEDORA-1");
        assertThat(stores.stored(job).links())
                .containsExactly(new Link("Update", "https://bodhi.example.org/updates/FEDORA-1"));
        assertThat(stores.checks(job)).containsExactly(CHECK + "SUCCESS Update FEDORA-1 was made.");
    }

    @Test
    void adoptsAnUpdateThatWasMadeBeforeACrash() {
        koji.says("101", "closed");
        isBuilt(CheckState.SUCCESS);
        stores.broken("outbox");
        try {
            assertThatThrownBy(() -> handler.handle(job)).isInstanceOf(DataAccessException.class);
        } finally {
            stores.mended("outbox");
        }

        assertThat(handler.handle(stores.load(job)).result()).isEqualTo(Outcome.Result.SUCCEEDED);

        assertThat(bodhi.byBuild).hasSize(1);
    }

    @Test
    void adoptsAnUpdateThatCameOnlyAfterItLooked() {
        koji.says("101", "closed");
        isBuilt(CheckState.SUCCESS);
        bodhi.hasLateUpdate = true;

        assertThat(handler.handle(job)).isEqualTo(Outcome.succeeded("Update FEDORA-1 was made."));
    }

    @Test
    void saysWhatBodhiRefuses() {
        koji.says("101", "closed");
        isBuilt(CheckState.SUCCESS);
        bodhi.refuses = true;

        assertThatThrownBy(() -> handler.handle(job))
                .isInstanceOf(UserErrorException.class)
                .hasMessage("Bodhi refused");
    }

    @Test
    void makesNoneOfABuildThatFailed() {
        isBuilt(CheckState.FAILURE);

        assertThat(handler.handle(job).result()).isEqualTo(Outcome.Result.SKIPPED);

        assertThat(stores.checks(job)).containsExactly(CHECK + "NEUTRAL RPMs failed to be built.");
        assertThat(bodhi.byBuild).isEmpty();
    }

    @Test
    void waitsUntilKojiTellsTheBuild() {
        isBuilt(CheckState.SUCCESS);

        assertThatThrownBy(() -> handler.handle(job)).isInstanceOf(TransientException.class);
    }

    @Test
    void makesNoneWithoutAnAccount() {
        bodhi.on = false;

        assertThat(handler.handle(job)).isEqualTo(Outcome.skipped("No updates are made here."));
    }

    /** A job about the side tag of a group that the library belongs to, too. */
    private Job ofSideTag() {
        return stores.dispatched(Examples.job(
                "bodhi-update",
                Examples.pullRequest(Examples.PROJECT),
                List.of(TARGET),
                new SideTagPlan("group", "f45", List.of("library")).arguments()));
    }

    private String sideTag() {
        String name = tags.createSideTag(TARGET).name();
        sideTags.intend("group", "f45", 0);
        sideTags.created("group", "f45", name);
        return name;
    }

    private static String own() {
        return Examples.PROJECT.name();
    }

    @Test
    void makesOneUpdateOfASideTagAndLeavesOutWhatWasReleased() {
        String tag = sideTag();
        tags.tagged(tag, own(), NVR).tagged(tag, "library", "library-1.0-1").tagged(tag, "other", "other-1-1");
        tags.tagged("f45-updates", "library", "library-1.0-1");

        assertThat(handler.handle(ofSideTag())).isEqualTo(Outcome.succeeded("Update FEDORA-1 was made."));

        assertThat(bodhi.byBuild).containsOnlyKeys(NVR);
        assertThat(bodhi.byBuild.get(NVR)).extracting(BodhiUpdate::fromTag).isEqualTo(tag);
        assertThat(tags.names()).isEmpty();
        assertThat(sideTags.find("group", "f45")).isEmpty();
    }

    @Test
    void waitsUntilAllPackagesAreInTheSideTag() {
        tags.tagged(sideTag(), own(), NVR);
        Job asked = ofSideTag();

        assertThat(handler.handle(asked).result()).isEqualTo(Outcome.Result.SKIPPED);

        assertThat(stores.checks(asked))
                .containsExactly(
                        CHECK + "PENDING Waits for library in " + tags.names().get(0) + ".");
        assertThat(bodhi.byBuild).isEmpty();
    }

    @Test
    void makesNoUpdateOfWhatWasReleased() {
        String tag = sideTag();
        tags.tagged(tag, own(), NVR).tagged(tag, "library", "library-1.0-1");
        tags.tagged("f45", own(), NVR).tagged("f45-updates", "library", "library-1.0-1");

        assertThat(handler.handle(ofSideTag()).result()).isEqualTo(Outcome.Result.SKIPPED);

        assertThat(bodhi.byBuild).isEmpty();
        assertThat(tags.names()).containsExactly(tag);
    }

    @Test
    void adoptsTheUpdateOfASideTagThatWasMadeBeforeACrash() {
        String tag = sideTag();
        tags.tagged(tag, own(), NVR).tagged(tag, "library", "library-1.0-1");
        Job asked = ofSideTag();
        stores.broken("outbox");
        try {
            assertThatThrownBy(() -> handler.handle(asked)).isInstanceOf(DataAccessException.class);
        } finally {
            stores.mended("outbox");
        }
        tags.tagged("f45-updates-testing-pending", own(), NVR)
                .tagged("f45-updates-testing-pending", "library", "library-1.0-1");

        assertThat(handler.handle(stores.load(asked)).result()).isEqualTo(Outcome.Result.SUCCEEDED);

        assertThat(bodhi.byBuild).containsOnlyKeys(NVR, "library-1.0-1");
        assertThat(tags.names()).isEmpty();
    }
}
