package dev.forgeway.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.error.Reason;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.CommitCommentEvent;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.Forges;
import dev.forgeway.store.ConfigSighting;
import dev.forgeway.store.Outcome;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeForge;
import dev.forgeway.testing.Stores;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageConfigFinderTest {

    private final Stores stores = Stores.empty();
    private final FakeForge forge = new FakeForge();
    private final PackageConfigFinder finder = new PackageConfigFinder(
            new Forges(List.of(forge)),
            new KnownConfigs(stores.projects, Examples.settings()),
            new FedoraCi(Examples.settings()),
            new PackageIssueFinder(stores.packageIssues, stores.jobs),
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
    void countsAProjectWithoutConfigAlsoWhereTheNewestCommitIsLookedAt() {
        Decision asked = Decisions.about(Examples.issueComment("/packit propose-downstream"));

        finder.find(asked);

        ConfigSighting seen = Objects.requireNonNull(asked.sighting());
        assertThat(seen.state()).isEqualTo(ConfigSighting.State.ABSENT);
        assertThat(seen.commit()).isEqualTo(Forge.HEAD);
        assertThat(seen.push()).as("proves nothing about a later commit").isFalse();
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

    /** The commit of the comment is what is worked on (https://packit.dev/docs/retriggering). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /packit build                         | branch:main    | config at 528b803be6f93e19ca4130bf4976f2800a3004c4, branch main
            /packit build --commit stable         | branch:stable  | config at 528b803be6f93e19ca4130bf4976f2800a3004c4, branch stable
            /packit test --commit=stable -i fast  | branch:stable  | config at 528b803be6f93e19ca4130bf4976f2800a3004c4, branch stable
            /packit build --release v1.0          | tag:v1.0       | tag v1.0
            /packit build --release=v1.0 --commit main | tag:v1.0  | tag v1.0
            /packit build --commit other          | this commit is not on a branch `other`   | config at 528b803be6f93e19ca4130bf4976f2800a3004c4, branch other
            /packit build --release v2.0          | there is no tag `v2.0`                   | tag v2.0
            /packit build --release moved         | c0ffee and not this commit is at the tag `moved` | tag moved
            """)
    void looksForTheBranchOrTagThatACommandOnACommitIsFor(String command, String leadsTo, String lookUps) {
        forge.config(Examples.COMMIT, "jobs: []")
                .branch("main", Examples.COMMIT)
                .branch("stable", Examples.COMMIT)
                .tag("v1.0", Examples.COMMIT)
                .tag("moved", "c0ffee");
        Decision decision = Decisions.about(Examples.commitComment(command));

        finder.find(decision);

        CommitCommentEvent event = (CommitCommentEvent) decision.event();
        String ref = event.tag() == null ? "branch:" + event.branch() : "tag:" + event.tag();
        assertThat(decision.isOpen() ? ref : decision.detail()).isEqualTo(leadsTo);
        assertThat(decision.reason()).isEqualTo(decision.isOpen() ? null : Reason.REF_MISMATCH);
        assertThat(decision.configFileIfFound() != null).isEqualTo(decision.isOpen());
        assertThat(String.join(", ", forge.lookUps())).isEqualTo(lookUps);
    }

    @Test
    void asksForNoBranchWhereACommandOnACommitIsForNone() {
        forge.config(Examples.COMMIT, "jobs: []");
        Decision decision = Decisions.about(Examples.commitComment("/packit koji-build"));

        finder.find(decision);

        assertThat(decision.isOpen()).isTrue();
        assertThat(forge.lookUps()).containsExactly("config at " + Examples.COMMIT);
    }

    @Test
    void asksNobodyAboutWhatWasStoppedBefore() {
        opened.stop(Outcome.IGNORED, Reason.NO_COMMAND, null);

        finder.find(opened);

        assertThat(forge.lookUps()).isEmpty();
    }
}
