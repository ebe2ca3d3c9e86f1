package dev.forgeway.decide.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Decisions;
import dev.forgeway.decide.ForgeQuestions;
import dev.forgeway.decide.Verdict;
import dev.forgeway.decide.packageconfig.JobConfig;
import dev.forgeway.decide.packageconfig.JobConfig.RequiredLabels;
import dev.forgeway.decide.packageconfig.PackageConfigParser;
import dev.forgeway.decide.packageconfig.Releases;
import dev.forgeway.decide.packageconfig.TargetExpansion;
import dev.forgeway.error.Reason;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.PullRequest;
import dev.forgeway.event.PullRequestEvent;
import dev.forgeway.forge.Forges;
import dev.forgeway.forge.PackageConfigFile;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeForge;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs of a package config that are left out of an event. */
class JobFiltersTest {

    private final PackageConfigParser parser = new PackageConfigParser(new TargetExpansion(Releases::shipped));
    private final FakeForge forge = new FakeForge();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # present  | absent | labels      | fits
                       |        |             | true
                       |        | wip         | true
            ready      |        |             | false
            ready      |        | ready       | true
            ready      |        | Ready       | false
            ready,go   |        | go          | true
                       | wip    |             | true
                       | wip    | wip         | false
            ready      | wip    | ready,wip   | false
            ready      | wip    | ready,other | true
            """)
    void wantsOneOfTheLabelsAndNoneOfTheOthers(
            @Nullable String present, @Nullable String absent, @Nullable String labels, boolean fits) {
        assertThat(LabelFilter.fits(new RequiredLabels(list(present), list(absent)), list(labels)))
                .isEqualTo(fits);
    }

    @Test
    void stopsWhereTheForgeDoesNotLetUsAsk() {
        Decision decision = opened(List.of(), "jobs: [{job: copr_build, trigger: pull_request}]");
        JobFilter asking = new JobFilter(parser) {
            @Override
            Verdict judge(Decision asked, JobConfig job) {
                throw new UserErrorException("no access to src.fedoraproject.org");
            }
        };

        asking.apply(decision);

        assertThat(decision.reason()).isEqualTo(Reason.REPOSITORY_NOT_FOUND);
        assertThat(decision.detail()).isEqualTo("no access to src.fedoraproject.org");
    }

    @Test
    void leavesOutTheJobsWhoseLabelsDoNotFit() {
        Decision decision = opened(List.of("wip"), """
                jobs:
                  - {job: copr_build, trigger: pull_request, require: {label: {absent: [wip]}}}
                  - {job: copr_build, trigger: pull_request}
                """);

        filterByLabels(decision);

        assertThat(leftOut(decision, 0)).isEqualTo(Reason.LABEL_MISMATCH);
        assertThat(leftOut(decision, 1)).isNull();
        assertThat(decision.isOpen()).isTrue();
    }

    private static final String WANTS_READY = """
            jobs:
              - {job: copr_build, trigger: pull_request, require: {label: {present: [ready]}}}
              - {job: tests, trigger: pull_request, require: {label: {absent: [ready]}}}
            """;

    @Test
    void asksTheForgeOnceForLabelsThatTheEventDoesNotTell() {
        forge.pullRequest(7, Examples.COMMIT).labels(7, "ready");
        Decision decision = opened(null, WANTS_READY);

        filterByLabels(decision);

        assertThat(leftOut(decision, 0)).isNull();
        assertThat(leftOut(decision, 1)).isEqualTo(Reason.LABEL_MISMATCH);
        assertThat(forge.lookUps()).containsExactly("pull request 7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "unknown", textBlock = """
            unknown | jobs: [{job: copr_build, trigger: pull_request}]
            ready   | jobs: [{job: copr_build, trigger: pull_request, require: {label: {present: [ready]}}}]
            """)
    void doesNotAskForLabelsThatAreKnownOrThatNoJobWants(@Nullable String label, String config) {
        Decision decision = opened(label == null ? null : List.of(label), config);

        filterByLabels(decision);

        assertThat(leftOut(decision, 0)).isNull();
        assertThat(forge.lookUps()).isEmpty();
    }

    @Test
    void takesAPullRequestThatNobodyKnowsForOneWithoutLabels() {
        Decision decision = opened(null, WANTS_READY);

        filterByLabels(decision);

        assertThat(leftOut(decision, 0)).isEqualTo(Reason.LABEL_MISMATCH);
        assertThat(leftOut(decision, 1)).isNull();
    }

    private void filterByLabels(Decision decision) {
        new LabelFilter(parser, new ForgeQuestions(new Forges(List.of(forge)))).apply(decision);
    }

    @ParameterizedTest
    @CsvSource({"prod, false, true, false", "stg, true, false, false"})
    void leavesOutTheJobsForOtherInstances(String instance, boolean first, boolean second, boolean third) {
        Decision decision = opened(List.of(), """
                jobs:
                  - {job: copr_build, trigger: pull_request}
                  - {job: copr_build, trigger: pull_request, packit_instances: [stg]}
                  - {job: copr_build, trigger: pull_request, packit_instances: [prod, stg]}
                """);

        new InstanceFilter(parser, Examples.settings("decide.instance", instance)).apply(decision);

        assertThat(leftOut(decision, 0)).isEqualTo(first ? Reason.OTHER_INSTANCE : null);
        assertThat(leftOut(decision, 1)).isEqualTo(second ? Reason.OTHER_INSTANCE : null);
        assertThat(leftOut(decision, 2)).isEqualTo(third ? Reason.OTHER_INSTANCE : null);
    }

    private @Nullable Reason leftOut(Decision decision, int job) {
        Verdict verdict = decision.leftOut(decision.config(parser).jobs().get(job));
        return verdict == null ? null : Objects.requireNonNull(verdict.reason());
    }

    private static Decision opened(@Nullable List<String> labels, String config) {
        Decision decision = Decisions.about(new PullRequestEvent(
                "opened",
                "github",
                "ada",
                Examples.NOON,
                Examples.PROJECT,
                new PullRequest(7, "ada", "hello", "fix", "main", "ada", labels),
                Examples.COMMIT,
                null,
                null));
        decision.configFile(new PackageConfigFile(".packit.yaml", config));
        return decision;
    }

    private static List<String> list(@Nullable String words) {
        return words == null ? List.of() : Arrays.asList(words.split(","));
    }
}
