package dev.forgeway.handle.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.forgeway.decide.packageconfig.PackageConfigParser;
import dev.forgeway.decide.packageconfig.Releases;
import dev.forgeway.decide.packageconfig.TargetExpansion;
import dev.forgeway.decide.packageconfig.UpstreamPackagesReader;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Project;
import dev.forgeway.event.PushEvent;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.Forges;
import dev.forgeway.handle.SyncPlan;
import dev.forgeway.handle.SyncedFiles;
import dev.forgeway.service.distgit.DistGit;
import dev.forgeway.service.distgit.DistGitAccess;
import dev.forgeway.service.http.HttpTimeouts;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.simulator.DistGitSimulator;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeForge;
import dev.forgeway.testing.Stores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyncFromDownstreamHandlerTest {

    private static final String UPSTREAM = "https://github.com/hello/hello";

    private final Stores stores = Stores.empty();
    private final FakeForge forge = new FakeForge().config(Forge.HEAD, """
            specfile_path: dist/hello.spec
            files_to_sync: [hello.conf, {src: etc/hello.conf, dest: conf/hello.conf}]
            jobs: []
            """);
    private DistGitSimulator distGit;
    private SyncFromDownstreamHandler handler;

    @TempDir
    Path data;

    @BeforeEach
    void start() {
        distGit = new DistGitSimulator()
                .packageFiles("hello", "f45", Map.of("hello.spec", "Version: 3", "conf/hello.conf", "a=1"));
        handler = handler(forge);
    }

    private SyncFromDownstreamHandler handler(FakeForge upstream) {
        return new SyncFromDownstreamHandler(
                new DistGit(
                        new DistGitAccess(distGit.url(), "", distGit.lookasideUrl()),
                        new ServiceHttp(HttpTimeouts.DEFAULT, new SimpleMeterRegistry(), Clock.systemUTC())),
                new Forges(List.of(upstream)),
                new UpstreamPackagesReader(new PackageConfigParser(new TargetExpansion(Releases::shipped))),
                new UpstreamChanges(stores.effects, Examples.settings("data-dir", data.toString())),
                stores.jobs,
                Examples.settings("data-dir", data.toString()));
    }

    @AfterEach
    void stop() {
        distGit.close();
    }

    private Job job(String namespace, @Nullable String upstream, SyncedFiles... files) {
        PushEvent push = new PushEvent(
                "pushed",
                "pagure",
                "grace",
                Examples.NOON,
                new Project("127.0.0.1", namespace, "hello", distGit.url() + "/rpms/hello", null),
                "refs/heads/f45",
                Examples.COMMIT,
                null,
                null);
        SyncPlan plan = new SyncPlan(upstream, "dist/hello.spec", List.of(files));
        return stores.dispatched(
                Examples.job("sync-from-downstream", push, List.of("f45"), Map.of(SyncPlan.ARGUMENT, plan.argument())));
    }

    @Test
    void carriesTheSpecFileOrTheFilesThatAreNamed() {
        handler.handle(job("rpms", UPSTREAM));
        handler.handle(job("rpms", UPSTREAM, SyncedFiles.one("./etc/hello.conf", "conf/hello.conf")));

        assertThat(forge.shown())
                .extracting(FakeForge.Shown::place, FakeForge.Shown::content)
                .containsExactly(
                        tuple("github.com/hello/hello f45-downstream-sync", "{dist/hello.spec=Version: 3}"),
                        tuple("github.com/hello/hello f45-downstream-sync", "{etc/hello.conf=a=1}"));
    }

    @Test
    void carriesNothingWhereNobodyAskedForIt() {
        FakeForge without = new FakeForge();
        SyncFromDownstreamHandler other = handler(without);
        Job job = job("rpms", UPSTREAM);

        assertThatThrownBy(() -> other.handle(job))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("did not ask");

        assertThat(without.shown()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "rpms, , upstream_project_url",
        "rpms, https://elsewhere.example.org/hello/hello, elsewhere.example.org",
        "rpms, hello, is no repository",
        "modules, https://github.com/hello/hello, no package of dist-git"
    })
    void saysWhatIsWrongWithTheConfig(String namespace, @Nullable String upstream, String why) {
        Job job = job(namespace, upstream);

        assertThatThrownBy(() -> handler.handle(job))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining(why);
    }

    /** The package itself names every path here; what upstream says of them is what counts. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {jobs: []}                                                            | does not name dist/hello.spec
            {specfile_path: hello.spec, jobs: []}                                 | does not name dist/hello.spec
            {specfile_path: dist/hello.spec, downstream_package_name: other, jobs: []} | not about package hello
            {packages: {a: {downstream_package_name: a, specfile_path: dist/hello.spec}}} | not about package hello
            {specfile_path: [, jobs: []}                                          | cannot be used
            """)
    void carriesNothingThatTheConfigOfUpstreamIsNotAbout(String config, String why) {
        FakeForge upstream = new FakeForge().config(Forge.HEAD, config);
        Job job = job("rpms", UPSTREAM);

        assertThatThrownBy(() -> handler(upstream).handle(job))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("The package config of " + UPSTREAM)
                .hasMessageContaining(why);

        assertThat(upstream.shown()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Makefile", ".github/workflows/build.yml", "dist/other.spec"})
    void carriesNoFileThatUpstreamDoesNotNameToo(String path) {
        Job job = job("rpms", UPSTREAM, SyncedFiles.one(path, "conf/hello.conf"));

        assertThatThrownBy(() -> handler.handle(job))
                .isInstanceOf(UserErrorException.class)
                .hasMessage("The package config of " + UPSTREAM + " does not name " + path
                        + ": it must be its specfile_path, or in its files_to_sync");

        assertThat(forge.shown()).isEmpty();
    }

    @Test
    void carriesFilesOfAPackageThatOnlyAJobOrOneOfSeveralNames() {
        FakeForge upstream = new FakeForge().config(Forge.HEAD, """
                packages:
                  other: {downstream_package_name: other, specfile_path: other.spec}
                  mine: {downstream_package_name: hello, specfile_path: dist/hello.spec}
                jobs:
                  - {job: propose_downstream, trigger: release, packages: [mine], files_to_sync: [etc/hello.conf]}
                """);

        handler(upstream).handle(job("rpms", UPSTREAM));
        handler(upstream).handle(job("rpms", UPSTREAM, SyncedFiles.one("etc/hello.conf", "conf/hello.conf")));

        assertThat(upstream.shown())
                .extracting(FakeForge.Shown::content)
                .containsExactly("{dist/hello.spec=Version: 3}", "{etc/hello.conf=a=1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../secret", "/etc/passwd", ".git/config", "conf/../hello.spec"})
    void carriesNothingFromOutsideOfTheRepositories(String path) {
        for (SyncedFiles files : List.of(SyncedFiles.one("hello.conf", path), SyncedFiles.one(path, "hello.spec"))) {
            Job job = job("rpms", UPSTREAM, files);

            assertThatThrownBy(() -> handler.handle(job))
                    .isInstanceOf(UserErrorException.class)
                    .hasMessage("files_to_sync: '" + path + "' leads out of the repository");
        }

        assertThat(forge.shown()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            etc/*.conf  | conf/ |            | {etc/hello.conf=a=1, etc/more.conf=b=2}
            etc/        | conf/ |            | {etc/deep/x=c=3, etc/hello.conf=a=1, etc/more.conf=b=2}
            etc/        | conf/ | - deep     | {etc/hello.conf=a=1, etc/more.conf=b=2}
            etc/        | conf  | - /h*.conf | {etc/deep/x=c=3, etc/more.conf=b=2}
            etc/deep    | conf  |            | {etc/deep/x=c=3}
            etc/h?llo.* | conf  |            | {etc/hello.conf=a=1}
            """)
    void carriesFoldersAndWhatWildcardsStandFor(
            String source, String destination, @Nullable String filter, String files) {
        distGit.packageFiles("hello", "f45", Map.of("conf/more.conf", "b=2", "conf/deep/x", "c=3"));
        FakeForge upstream =
                new FakeForge().config(Forge.HEAD, "{downstream_package_name: hello, files_to_sync: [etc/], jobs: []}");

        handler(upstream)
                .handle(job(
                        "rpms",
                        UPSTREAM,
                        new SyncedFiles(
                                List.of(source),
                                destination,
                                false,
                                false,
                                filter == null ? List.of() : List.of(filter))));

        assertThat(upstream.shown()).extracting(FakeForge.Shown::content).containsExactly(files);
    }

    @Test
    void cannotTellWhereFilesOfFoldersWithWildcardsBelong() {
        Job job = job("rpms", UPSTREAM, SyncedFiles.one("*/hello.conf", "conf/"));

        assertThatThrownBy(() -> handler.handle(job)).hasMessageContaining("'*/hello.conf' cannot be carried back");
    }

    @Test
    void saysWhichFileIsMissing() {
        Job job = job("rpms", UPSTREAM, SyncedFiles.one("hello.conf", "missing"));

        assertThatThrownBy(() -> handler.handle(job))
                .isInstanceOf(UserErrorException.class)
                .hasMessage("There is no file missing in dist-git");
    }
}
