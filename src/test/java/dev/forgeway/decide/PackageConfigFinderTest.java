package dev.forgeway.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.error.Reason;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.Forges;
import dev.forgeway.store.Outcome;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeForge;
import dev.forgeway.testing.Stores;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackageConfigFinderTest {

    private final FakeForge forge = new FakeForge();
    private final PackageConfigFinder finder = new PackageConfigFinder(
            new Forges(List.of(forge)),
            new KnownConfigs(Stores.empty().projects, Examples.settings()),
            Examples.settings());
    private final Decision opened = Decisions.about(Examples.pullRequest(Examples.PROJECT));
    private final Decision commented = Decisions.about(Examples.comment("/packit build"));

    @Test
    void findsTheConfigAtTheHeadInOneRequest() {
        forge.config(Examples.COMMIT, "jobs: []");

        finder.find(opened);

        assertThat(opened.isOpen()).isTrue();
        assertThat(opened.configFile().text()).isEqualTo("jobs: []");
        assertThat(forge.lookUps()).containsExactly("config at " + Examples.COMMIT);
    }

    @Test
    void learnsTheHeadOfACommentsPullRequestInTheSameRequest() {
        forge.pullRequest(7, Examples.COMMIT).config(Examples.COMMIT, "jobs: []");

        finder.find(commented);

        assertThat(commented.event().commit()).isEqualTo(Examples.COMMIT);
        assertThat(commented.configFile().path()).isEqualTo(".packit.yaml");
        assertThat(forge.lookUps()).containsExactly("pull request 7");
    }

    @Test
    void saysWhichNamesItLookedFor() {
        forge.pullRequest(7, Examples.COMMIT);

        finder.find(opened);
        finder.find(commented);

        assertThat(List.of(opened, commented)).allSatisfy(decision -> {
            assertThat(decision.outcome()).isEqualTo(Outcome.FILTERED);
            assertThat(decision.reason()).isEqualTo(Reason.NO_PACKAGE_CONFIG);
            assertThat(decision.detail()).isEqualTo("looked for .packit.yaml, .packit.yml, packit.yaml, packit.yml");
        });
    }

    @Test
    void stopsWhenThePullRequestIsGone() {
        finder.find(commented);

        assertThat(commented.reason()).isEqualTo(Reason.REPOSITORY_NOT_FOUND);
        assertThat(commented.detail()).isEqualTo("no pull request 7");
    }

    @Test
    void stopsWhenTheForgeShowsNoSuchRepository() {
        forge.refuses(new UserErrorException("Not Found"));

        finder.find(opened);

        assertThat(opened.reason()).isEqualTo(Reason.REPOSITORY_NOT_FOUND);
        assertThat(opened.detail()).isEqualTo("Not Found");
    }

    @Test
    void leavesItOpenWhenTheForgeCannotSayNow() {
        forge.refuses(new TransientException("502"));

        assertThatThrownBy(() -> finder.find(opened)).isInstanceOf(TransientException.class);

        assertThat(opened.isOpen()).isTrue();
    }

    @Test
    void asksNobodyAboutWhatWasStoppedBefore() {
        opened.stop(Outcome.IGNORED, Reason.NO_COMMAND, null);

        finder.find(opened);

        assertThat(forge.lookUps()).isEmpty();
    }
}
