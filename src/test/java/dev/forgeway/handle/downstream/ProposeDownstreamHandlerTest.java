package dev.forgeway.handle.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.forgeway.config.Settings;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.DeferredException;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Event;
import dev.forgeway.forge.CheckState;
import dev.forgeway.forge.Forges;
import dev.forgeway.handle.DownstreamPlan;
import dev.forgeway.handle.NotificationPlan;
import dev.forgeway.handle.Outcome;
import dev.forgeway.service.distgit.DistGit;
import dev.forgeway.service.distgit.DistGitAccess;
import dev.forgeway.service.distgit.Lookaside;
import dev.forgeway.service.http.HttpTimeouts;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.simulator.DistGitSimulator;
import dev.forgeway.simulator.Response;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeForge;
import dev.forgeway.testing.Stores;
import dev.forgeway.testing.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProposeDownstreamHandlerTest {

    private static final String FROM = "2.0-f45-propose_downstream";
    private static final String NEW_PULL_REQUEST = "POST /api/0/rpms/hello/pull-request/new";

    private final Stores stores = Stores.empty();
    private final TestClock clock = TestClock.running();
    private final FakeForge forge = new FakeForge();
    private DistGitSimulator distGit;
    private ProposeDownstreamHandler handler;

    @TempDir
    Path data;

    @BeforeEach
    void start() {
        distGit = new DistGitSimulator();
        for (String branch : List.of("f45", "epel9")) {
            distGit.packageFiles("hello", branch, spec());
        }
        distGit.archive("hello-2.0.tar.gz", "what is in version 2.0");
        handler = handler("packit-is-not-installed");
    }

    @AfterEach
    void stop() {
        distGit.close();
    }

    private Map<String, String> spec() {
        return Map.of("hello.spec", """
                Name: hello
                Version: 1.0
                Release: 3%%{?dist}
                Source0: %s/archives/%%{name}-%%{version}.tar.gz

                %%changelog
                """.formatted(distGit.url()), "sources", "SHA512 (hello-1.0.tar.gz) = 12ab\n");
    }

    private ProposeDownstreamHandler handler(String packit) {
        Settings settings = Examples.settings(
                "service.dist-git.url",
                distGit.url().toString(),
                "service.dist-git.packit",
                packit,
                "data-dir",
                data.toString());
        DistGitAccess access = new DistGitAccess(distGit.url(), distGit.token(), distGit.lookasideUrl());
        DistGit client = new DistGit(
                access, new ServiceHttp(HttpTimeouts.DEFAULT, new SimpleMeterRegistry(), Clock.systemUTC()));
        Forges forges = new Forges(List.of(forge));
        return new ProposeDownstreamHandler(
                client,
                new ReleaseFinder(forges, name -> List.of(), stores.attempts),
                new BranchUpdates(
                        new PackageUpdates(
                                client,
                                stores.effects(clock),
                                new SpecTool(settings),
                                new PackageSources(new SourceArchives(settings), new Lookaside(access)),
                                settings),
                        stores.jobs,
                        stores.attempts,
                        stores.outbox,
                        stores.transaction),
                new FailedBranches(stores.effects, forges, stores.notices, stores.outbox, settings),
                stores.outbox);
    }

    private Job job(Event event, String... branches) {
        return job("dist/hello.spec", event, branches);
    }

    private Job job(String specfilePath, Event event, String... branches) {
        DownstreamPlan plan =
                new DownstreamPlan("hello", specfilePath, null, null, null, ".*rc", null, Map.of(), List.of(), false);
        return stores.dispatched(Examples.job(
                "propose-downstream", event, List.of(branches), Map.of(DownstreamPlan.ARGUMENT, plan.argument())));
    }

    private static Event release(String tag) {
        return Examples.release(tag).at(Examples.COMMIT);
    }

    /** What the lookaside cache has of the only line in the file {@code sources} of a branch of our fork. */
    private @Nullable String uploaded(String branch) {
        String line =
                distGit.forkFiles("hello", branch).getOrDefault("sources", "").strip();
        return distGit.source("hello", "hello-2.0.tar.gz", line.substring(line.lastIndexOf(' ') + 1));
    }

    private List<String> issues() {
        return forge.shown().stream()
                .filter(shown -> shown.place().equals("issues"))
                .map(FakeForge.Shown::content)
                .toList();
    }

    @Test
    void proposesAReleaseToEveryBranch() throws IOException {
        Job job = job(release("v2.0"), "f45", "epel9");

        assertThat(handler.handle(job)).isEqualTo(Outcome.succeeded("proposed to f45, epel9"));

        assertThat(distGit.pullRequests("hello"))
                .extracting(DistGitSimulator.PullRequest::from, DistGitSimulator.PullRequest::to)
                .containsExactly(tuple(FROM, "f45"), tuple("2.0-epel9-propose_downstream", "epel9"));
        assertThat(distGit.forkFiles("hello", FROM).get("hello.spec"))
                .contains("Version: 2.0", "Release: 1%{?dist}", "- 2.0-1\n- Update to version 2.0");
        String sources = distGit.forkFiles("hello", FROM).getOrDefault("sources", "");
        assertThat(sources).startsWith("SHA512 (hello-2.0.tar.gz) = ").doesNotContain("hello-1.0");
        assertThat(uploaded(FROM)).isEqualTo("what is in version 2.0");
        assertThat(stores.checks(job))
                .containsExactly(
                        "propose-downstream:v2.0:epel9: SUCCESS Pull request was opened.",
                        "propose-downstream:v2.0:f45: SUCCESS Pull request was opened.");
        assertThat(stores.stored(job).links()).hasSize(2);
        assertThat(Files.list(data.resolve("work"))).as("nothing is left").isEmpty();
    }

    @Test
    void namesTheSourcesThatSomebodyElseUploads() {
        DownstreamPlan plan =
                new DownstreamPlan("hello", "dist/hello.spec", null, null, null, null, null, Map.of(), List.of(), true);
        Job job = stores.dispatched(Examples.job(
                "propose-downstream",
                release("v2.0"),
                List.of("f45"),
                Map.of(DownstreamPlan.ARGUMENT, plan.argument())));

        assertThat(handler.handle(job).result()).isEqualTo(Outcome.Result.SUCCEEDED);

        assertThat(distGit.forkFiles("hello", FROM).get("sources")).startsWith("SHA512 (hello-2.0.tar.gz) = ");
        assertThat(uploaded(FROM)).isNull();
    }

    @Test
    void fetchesAnArchiveThatKeepsItsNameFromItsNewAddress() {
        distGit.packageFiles(
                "hello", "f45", Map.of("hello.spec", """
                Name: hello
                Version: 1.0
                Release: %%autorelease
                Source0: %s/archives/%%{version}#/hello.tar.gz
                Source1: %s/archives/data#/data.zip
                """.formatted(distGit.url(), distGit.url()), "sources", """
                SHA512 (hello.tar.gz) = 12ab
                SHA512 (data.zip) = 34cd
                """));
        distGit.archive("2.0", "what is in version 2.0");

        assertThat(handler.handle(job(release("v2.0"), "f45")).result()).isEqualTo(Outcome.Result.SUCCEEDED);

        String sources = distGit.forkFiles("hello", FROM).getOrDefault("sources", "");
        assertThat(sources)
                .startsWith("SHA512 (data.zip) = 34cd\nSHA512 (hello.tar.gz) = ")
                .doesNotContain("12ab");
        assertThat(distGit.source("hello", "hello.tar.gz", sources.strip().substring(sources.lastIndexOf(' ') + 1)))
                .isEqualTo("what is in version 2.0");
    }

    @Test
    void makesNothingTwiceWhenEverythingIsDoneAgain() {
        Job job = job(release("v2.0"), "f45", "f99");
        handler.handle(job);
        String made = distGit.forkMessages("hello", FROM).get(0);
        stores.jdbc.update("delete from job_target");
        distGit.forgetCalls();

        handler.handle(stores.load(job));

        assertThat(distGit.pullRequests("hello")).hasSize(1);
        assertThat(distGit.forkMessages("hello", FROM)).hasSize(2).first().isEqualTo(made);
        assertThat(distGit.calls("POST /forks"))
                .as("the same commit is not pushed")
                .isEmpty();
        assertThat(issues()).hasSize(1);
    }

    @Test
    void findsThePullRequestAgainWhoseAnswerWasLost() {
        Job job = job(release("v2.0"), "f45");
        distGit.faults().dropAfter(NEW_PULL_REQUEST, 1);

        handler.handle(job);

        assertThat(distGit.pullRequests("hello")).hasSize(1);
        assertThat(stores.stored(job).targets()).containsEntry("f45", CheckState.SUCCESS);
    }

    @Test
    void opensANewPullRequestWhereSomebodyClosedTheLastOne() {
        handler.handle(job(release("v2.0"), "f45"));
        distGit.closePullRequest(1);

        handler.handle(job(release("v2.0"), "f45"));
        handler.handle(job(release("v2.0"), "f45"));

        assertThat(distGit.pullRequests("hello"))
                .extracting(DistGitSimulator.PullRequest::number)
                .containsExactly(1, 2);
    }

    /** One that is late can still make its pull request, and must not be forgotten over that of another branch. */
    @Test
    void opensNoPullRequestWhileAnEarlierCallMayStillTakeEffect() {
        Job job = job(release("v2.0"), "f45", "epel9");
        handler.handle(job(release("v2.0"), "epel9"));
        distGit.faults().dropBefore(NEW_PULL_REQUEST, 1);

        assertThatThrownBy(() -> handler.handle(job)).isInstanceOf(DeferredException.class);
        assertThatThrownBy(() -> handler.handle(stores.load(job))).isInstanceOf(DeferredException.class);

        assertThat(stores.stored(job).targets())
                .containsEntry("epel9", CheckState.SUCCESS)
                .containsEntry("f45", CheckState.PENDING);
        assertThat(distGit.pullRequests("hello")).hasSize(1);
        clock.advance(Duration.ofSeconds(40));
        assertThat(handler.handle(stores.load(job)).result()).isEqualTo(Outcome.Result.SUCCEEDED);
        assertThat(distGit.pullRequests("hello")).hasSize(2);
    }

    @Test
    void goesOnWithTheOtherBranchesAndLeavesTheDoneOnesAlone() {
        Job job = job(release("v2.0"), "f45", "epel9");
        distGit.faults().answer(NEW_PULL_REQUEST, 4, Response.html(503, "busy"));
        assertThatThrownBy(() -> handler.handle(job)).isInstanceOf(TransientException.class);
        assertThat(stores.stored(job).targets()).containsEntry("epel9", CheckState.SUCCESS);
        distGit.forgetCalls();

        handler.handle(stores.load(job));

        assertThat(distGit.pullRequests("hello")).hasSize(2);
        assertThat(distGit.calls(NEW_PULL_REQUEST)).hasSize(1);
    }

    @Test
    void showsAndTellsWhatFailedAlsoWhileAnotherBranchIsTriedAgain() {
        Job job = job(release("v2.0"), "f45", "f99");
        distGit.faults().answer(NEW_PULL_REQUEST, 4, Response.html(503, "busy"));

        assertThatThrownBy(() -> handler.handle(job)).isInstanceOf(TransientException.class);

        assertThat(stores.stored(job).targets())
                .containsEntry("f99", CheckState.FAILURE)
                .containsEntry("f45", CheckState.PENDING);
        assertThat(stores.checks(job)).singleElement().asString().contains("f99: FAILURE", "f99' not found");
        assertThat(issues()).singleElement().asString().contains("`f99`");

        assertThat(handler.handle(stores.load(job)).result()).isEqualTo(Outcome.Result.FAILED);

        assertThat(stores.stored(job).targets()).containsEntry("f45", CheckState.SUCCESS);
        assertThat(issues()).as("the same is told once").hasSize(1);
    }

    @Test
    void opensNoIssueWhereTheConfigWantsNone() {
        DownstreamPlan plan = new DownstreamPlan(
                "hello", "dist/hello.spec", null, null, null, ".*rc", null, Map.of(), List.of(), false);
        Job job = stores.dispatched(Examples.job(
                "propose-downstream",
                release("v2.0"),
                List.of("f99"),
                new NotificationPlan(false, null, false)
                        .addTo(new TreeMap<>(Map.of(DownstreamPlan.ARGUMENT, plan.argument())))));

        assertThat(handler.handle(job).result()).isEqualTo(Outcome.Result.FAILED);

        assertThat(stores.checks(job)).singleElement().asString().contains("f99: FAILURE");
        assertThat(issues()).isEmpty();
    }

    @Test
    void showsTheReasonWhereTheForgeHasNoIssues() {
        Job job = job(release("v2.0"), "f99");
        forge.refuses(new UserErrorException("Forgeway opens no issues here"));

        assertThat(handler.handle(job).result()).isEqualTo(Outcome.Result.FAILED);

        assertThat(stores.checks(job)).singleElement().asString().contains("f99: FAILURE", "f99' not found");
    }

    @Test
    void saysThatASpecFileIsNotInUtf8() throws IOException {
        Path spec = data.resolve("latin.spec");
        Files.write(spec, "Name: hello\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        SpecTool tool = new SpecTool(Examples.settings());

        assertThatThrownBy(() -> tool.sources(spec, data))
                .isInstanceOf(UserErrorException.class)
                .hasMessage("Reading the spec file failed: the spec file is no text in UTF-8");
    }

    @Test
    void saysThatThePathOfTheSpecFileNamesNone() {
        Job job = job("/", release("v2.0"), "f45");

        assertThat(handler.handle(job).result()).isEqualTo(Outcome.Result.FAILED);

        assertThat(stores.checks(job)).singleElement().asString().contains("specfile_path names no file: /");
    }

    @Test
    void tellsAllBranchesThatFailedInOneIssue() {
        distGit.packageFiles("hello", "f44", Map.of("hello.spec", "Name: hello\nVersion: 1.%{minor}\nRelease: 1\n"));
        Job job = job(release("v2.0"), "f44", "f45", "f99");

        assertThat(handler.handle(job).result()).isEqualTo(Outcome.Result.FAILED);

        assertThat(issues())
                .singleElement()
                .asString()
                .contains("v2.0", "`f44`", "made of macros", "`f99`", "f99")
                .doesNotContain("`f45`");
        assertThat(stores.checks(job)).element(0).asString().startsWith("propose-downstream:v2.0:f44: FAILURE");
        assertThat(stores.checks(job)).element(1).asString().startsWith("propose-downstream:v2.0:f45: SUCCESS");
        Job again = job(release("v2.0"), "f44");
        handler.handle(again);
        assertThat(issues()).as("the issue of the release").hasSize(1);
        assertThat(stores.wanted(again)).anySatisfy(entry -> {
            assertThat(entry.place()).isEqualTo("issue/1");
            assertThat(entry.comment()).contains("`f44`").doesNotContain("`f99`");
        });
    }

    @Test
    void opensOneIssueForTwoJobsThatFailAtTheSameMoment() {
        Job first = job(release("v2.0"), "f98");
        Job second = job(release("v2.0"), "f99");
        forge.beforeOpening(
                () -> assertThatThrownBy(() -> handler.handle(second)).isInstanceOf(DeferredException.class));

        handler.handle(first);
        handler.handle(stores.load(second));

        assertThat(issues()).singleElement().asString().contains("`f98`").doesNotContain("`f99`");
        assertThat(stores.wanted(first)).noneMatch(entry -> entry.comment() != null);
        assertThat(stores.wanted(second))
                .anySatisfy(entry -> assertThat(entry.comment()).contains("`f99`"));
    }

    /** The second looks for an issue that is told of, before the first has kept its number. */
    @Test
    void saysWhatItHasToSayWhereAnotherJobOpenedTheIssueJustNow() {
        handler.handle(job(release("v2.0"), "f98"));
        stores.jdbc.update("update notice set issue = null");
        Job second = job(release("v2.0"), "f99");

        handler.handle(second);

        assertThat(issues()).hasSize(1);
        assertThat(stores.wanted(second))
                .anySatisfy(entry -> assertThat(entry.comment()).contains("`f99`"));
    }

    /** Java's hashes of the two are the same. */
    @Test
    void takesNoTwoReleasesForTheSame() {
        handler.handle(job(release("v2.Aa"), "f99"));
        handler.handle(job(release("v2.BB"), "f99"));

        assertThat(issues()).hasSize(2);
    }

    @Test
    void showsThatABranchSucceededAfterItHadFailed() {
        Job job = job(release("v2.0"), "f45", "f99");
        distGit.faults().answer(NEW_PULL_REQUEST, 4, Response.html(502, "Bad Gateway"));
        assertThatThrownBy(() -> handler.handle(job)).isInstanceOf(TransientException.class);
        assertThat(stores.checks(job)).singleElement().asString().startsWith("propose-downstream:v2.0:f99: FAILURE");

        distGit.packageFiles("hello", "f99", distGit.files("hello", "f45"));
        assertThat(handler.handle(job).result()).isEqualTo(Outcome.Result.SUCCEEDED);

        assertThat(stores.checks(job))
                .containsExactly(
                        "propose-downstream:v2.0:f45: SUCCESS Pull request was opened.",
                        "propose-downstream:v2.0:f99: SUCCESS Pull request was opened.");
        assertThat(stores.jobs.targets(job.id())).containsEntry("f99", CheckState.SUCCESS);
        assertThat(issues()).hasSize(1);
    }

    @Test
    void staysWithTheReleaseThatItFoundFirst() {
        Job job = job(Examples.issueComment("/packit propose-downstream"), "f45");
        distGit.faults().answer(NEW_PULL_REQUEST, 4, Response.html(502, "Bad Gateway"));
        assertThatThrownBy(() -> handler.handle(job)).isInstanceOf(TransientException.class);

        handler.handle(stores.jobs.load(job.id()).orElseThrow());

        assertThat(forge.lookUps()).containsOnlyOnce("latest release");
        assertThat(distGit.pullRequests("hello")).hasSize(1);
    }

    @Test
    void tellsTheSameOnce() {
        handler.handle(job(release("v2.0"), "f99"));
        handler.handle(job(release("v2.0"), "f99"));

        assertThat(issues()).hasSize(1);
    }

    @Test
    void tellsABranchOnceWhoseReasonIsWordedAnewByEachAttempt() throws IOException {
        Job job = job(release("v2.0"), "f45");
        ProposeDownstreamHandler withPackit = handler(packit("echo \"error in $7/hello.spec, process $$\"; exit 1"));

        withPackit.handle(job);
        withPackit.handle(stores.load(job));

        assertThat(issues()).singleElement().asString().contains("error in package/hello.spec, process ");
        assertThat(stores.wanted(job)).noneMatch(entry -> entry.comment() != null);
    }

    @Test
    void takesTheLatestReleaseForACommentOnAnIssue() {
        Job job = job(Examples.issueComment("/packit propose-downstream"), "f45", "f99");

        handler.handle(job);

        assertThat(distGit.pullRequests("hello")).hasSize(1);
        assertThat(issues()).isEmpty();
        assertThat(stores.wanted(job)).anySatisfy(entry -> {
            assertThat(entry.place()).isEqualTo("issue/5");
            assertThat(entry.comment()).contains("`f99`");
        });
    }

    @Test
    void saysThatABranchHasTheVersion() {
        distGit.packageFiles("hello", "f45", Map.of("hello.spec", "Name: hello\nVersion: 2.0\nRelease: 1\n"));
        Job job = job(release("v2.0"), "f45");

        handler.handle(job);

        assertThat(distGit.pullRequests("hello")).isEmpty();
        assertThat(stores.checks(job))
                .containsExactly("propose-downstream:v2.0:f45: SUCCESS f45 has this version already.");
    }

    @Test
    void leavesATagAloneThatIsExcluded() {
        Job job = job(release("v2.0rc1"), "f45");

        assertThat(handler.handle(job).result()).isEqualTo(Outcome.Result.SKIPPED);

        assertThat(distGit.calls()).isEmpty();
        assertThat(stores.checks(job)).singleElement().asString().contains("NEUTRAL", "upstream_tag_exclude");
    }

    private String packit(String script) throws IOException {
        return FakePackit.at(data.resolve("packit"), script);
    }

    @Test
    void letsPackitChangeThePackageWhereItIsInstalled() throws IOException {
        String packit = packit("""
                echo "$@" > "$HOME/../../../seen"
                env >> "$HOME/../../../seen"
                cd "$7" && sed -i 's/^Version:.*/Version: 2.0/' hello.spec && echo made > hello-2.0.tar.gz
                """);

        handler(packit).handle(Examples.of("one", job(release("v2.0"), "f45")));

        assertThat(Files.readString(data.resolve("seen")))
                .startsWith("propose-downstream --dry-run --pr --dist-git-branch f45 --dist-git-path ")
                .contains(" --package=one https://github.com/packit-service/hello 2.0\n")
                .doesNotContain("JAVA_HOME", distGit.token());
        Map<String, String> files = distGit.forkFiles("hello", FROM);
        assertThat(files.get("hello.spec")).contains("Version: 2.0", "Release: 3%{?dist}");
        assertThat(files).containsOnlyKeys("hello.spec", "sources");
        assertThat(uploaded(FROM)).isEqualTo("made\n");
    }

    /** Packit commits to a branch of its own and then cleans the clone (sync_release in its api.py). */
    @Test
    void takesOverWhatPackitHasCommitted() throws IOException {
        String packit = packit("""
                cd "$7" && git checkout -q -b f45-update && sed -i 's/^Version:.*/Version: 2.0/' hello.spec
                echo kept by packit > README.packit
                git add -A && git commit -q -s -m "Update to 2.0 upstream release" && git clean -q -xdf
                """);
        Job job = job(release("v2.0"), "f45");

        assertThat(handler(packit).handle(job)).isEqualTo(Outcome.succeeded("proposed to f45"));

        Map<String, String> files = distGit.forkFiles("hello", FROM);
        assertThat(files).containsOnlyKeys("hello.spec", "sources", "README.packit");
        assertThat(files.get("hello.spec")).contains("Version: 2.0");
        assertThat(uploaded(FROM)).isEqualTo("what is in version 2.0");
        assertThat(distGit.pullRequests("hello")).hasSize(1);
    }

    @Test
    void asksPackitForNothingThatABranchHas() throws IOException {
        distGit.packageFiles("hello", "f45", Map.of("hello.spec", "Name: hello\nVersion: 2.0\nRelease: 1\n"));
        Job job = job(release("v2.0"), "f45");

        handler(packit("echo No changes are present in the dist-git repo: nothing to commit.; exit 2"))
                .handle(job);

        assertThat(stores.checks(job))
                .containsExactly("propose-downstream:v2.0:f45: SUCCESS f45 has this version already.");
    }
}
