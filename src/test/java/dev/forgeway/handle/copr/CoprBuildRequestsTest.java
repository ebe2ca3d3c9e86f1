package dev.forgeway.handle.copr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequest;
import dev.forgeway.handle.BuildPlan;
import dev.forgeway.handle.Checks;
import dev.forgeway.service.copr.CoprBuildRequest;
import dev.forgeway.service.copr.CoprProjectSettings;
import dev.forgeway.testing.Examples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoprBuildRequestsTest {

    private static final String URL = "https://github.com/packit-service/hello";

    private final CoprBuildRequests requests = new CoprBuildRequests(Examples.settings("service.copr.owner", "packit"));

    private CoprBuildRequest requested(Project project) {
        Job job = Examples.job("copr-build", Examples.pullRequest(project), List.of(Examples.RAWHIDE), Map.of());
        return requests.of(job, project);
    }

    private CoprBuildRequest requestedWith(Map<String, String> arguments) {
        Job job = Examples.job(
                "copr-build", Examples.pullRequest(Examples.PROJECT), List.of(Examples.RAWHIDE), arguments);
        return requests.of(job, Examples.PROJECT);
    }

    private CoprBuildRequest requestedAt(String commit) {
        var event = Examples.comment("/packit build")
                .on(new PullRequest(7, "ada", "hello", "fix", "main", null, null), commit);
        return requests.of(Examples.job("copr-build", event, List.of(), Map.of()), Examples.PROJECT);
    }

    private static Project at(String url) {
        return new Project("github.com", "packit-service", "hello", url, "public");
    }

    @Test
    void asksForAllTargetsUnderTheMarkerOfTheJob() {
        Job job = Examples.coprBuild(Examples.RAWHIDE, Examples.EPEL);

        CoprBuildRequest request = requests.of(job, Examples.PROJECT);

        assertThat(request.chroots()).containsExactly(Examples.RAWHIDE, Examples.EPEL);
        assertThat(request.marker()).isEqualTo("forgeway:" + job.id());
        assertThat(request.scriptDependencies()).contains("packit");
    }

    @Test
    void preparesTheSourcesOfTheCommitThatThePullRequestHasNow() {
        assertThat(requestedAt(Examples.COMMIT).script())
                .startsWith("#!/bin/sh")
                .contains(" --pr-id 7 --merge-pr --target-branch='main' --merged-ref='main' --ref " + Examples.COMMIT
                        + " '" + URL + "'\n");
    }

    @Test
    void buildsAPullRequestUnmergedWhereThePackageConfigSaysSo() {
        BuildPlan plan = new BuildPlan(null, false, true, CoprProjectSettings.USUAL, Map.of());

        assertThat(requestedWith(Map.of(BuildPlan.ARGUMENT, String.valueOf(plan.argument())))
                        .script())
                .contains(" --pr-id 7 --no-merge-pr --merged-ref='main' ");
    }

    @Test
    void mergesAPullRequestIntoNoBranchThatNobodyNamed() {
        var event = Examples.comment("/packit build")
                .on(new PullRequest(7, null, null, null, null, null, null), Examples.COMMIT);

        assertThat(requests.of(Examples.job("copr-build", event, List.of(), Map.of()), Examples.PROJECT)
                        .script())
                .contains(" --pr-id 7 --no-merge-pr --ref ");
    }

    /** Of what a shell makes of the script, packit gets each word as it is. */
    @Test
    void callsPackitWithTheWordsThatAreMeant(@TempDir Path folder) throws Exception {
        for (String tool : List.of("git", "packit")) {
            Path stub =
                    Files.writeString(folder.resolve(tool), "#!/bin/sh\nprintf '%s\\n' " + tool + " \"$@\" >> seen\n");
            assertThat(stub.toFile().setExecutable(true)).isTrue();
        }
        var event = Examples.comment("/packit build")
                .on(new PullRequest(7, "ada", "hello", "fix", "-x' $(id)", null, null), Examples.COMMIT);
        Job job = Examples.of("it's one", Examples.job("copr-build", event, List.of(), Map.of()))
                .with(Job.CONFIG_INDEX, "2");
        Path script = Files.writeString(
                folder.resolve("script"),
                requests.of(job, at("https://h/a/b c")).script());

        ProcessBuilder shell = new ProcessBuilder("sh", "-e", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        shell.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        assertThat(shell.start().waitFor()).isZero();

        List<String> seen = Files.readAllLines(folder.resolve("seen"));
        assertThat(seen.subList(seen.indexOf("packit") + 1, seen.size()))
                .containsExactly(
                        "--debug",
                        "prepare-sources",
                        "--result-dir",
                        folder.toString(),
                        "--no-create-symlinks",
                        "--package=it's one",
                        "--job-config-index",
                        "2",
                        "--pr-id",
                        "7",
                        "--merge-pr",
                        "--target-branch=-x' $(id)",
                        "--merged-ref=-x' $(id)",
                        "--ref",
                        Examples.COMMIT,
                        "https://h/a/b c");
    }

    @Test
    void quotesTheBranchThatAStrangerMayHaveNamed() {
        var event = Examples.comment("/packit build")
                .on(new PullRequest(7, "ada", "hello", "fix", "-x';id;'", null, null), Examples.COMMIT);

        assertThat(requests.of(Examples.job("copr-build", event, List.of(), Map.of()), Examples.PROJECT)
                        .script())
                .contains(" --target-branch='-x'\\'';id;'\\''' ");
    }

    @Test
    void installsWhatTheJobSaysThatItsPackageNeeds() {
        assertThat(requestedWith(Map.of(Job.SOURCE_DEPENDENCIES, "make\ngit")).scriptDependencies())
                .containsExactly("git", "packit", "make");
    }

    @Test
    void changesTheReleaseOfNoRelease() {
        Job ofRelease = Examples.job(
                "copr-build", Examples.release("v1").at(Examples.COMMIT), List.of(Examples.RAWHIDE), Map.of());

        assertThat(requests.of(ofRelease, Examples.PROJECT).script())
                .contains(" --no-update-release --merged-ref='v1' ");
        assertThat(requestedWith(Map.of()).script())
                .contains(" --no-create-symlinks ")
                .doesNotContain("--no-update-release");
    }

    @Test
    void preparesThePackageAndTheJobThatAreMeant() {
        Job job = Examples.of(
                "it's", Examples.job("copr-build", Examples.pullRequest(Examples.PROJECT), List.of(), Map.of()));

        assertThat(requests.of(job.with(Job.CONFIG_INDEX, "2"), Examples.PROJECT)
                        .script())
                .contains(" --package='it'\\''s' --job-config-index 2 --pr-id 7 ");
    }

    @ParameterizedTest
    @CsvSource({
        "packit-service, hello,     packit-service-hello-7",
        "group/sub,      hello,     group-sub-hello-7",
        "a,              c++_1.2,   a-c++_1.2-7",
        "a,              b;rm -rf,  a-b-rm--rf-7"
    })
    void namesTheProjectAsCoprAllows(String namespace, String name, String project) {
        assertThat(requested(Examples.project(namespace, name, "public")).project())
                .isEqualTo(project);
    }

    @Test
    void tellsRepositoriesOfTheSameNameOnOtherForgesApart() {
        Project onGitLab = new Project("gitlab.com", "ada", "hello", "https://gitlab.com/ada/hello", "public");

        assertThat(requested(onGitLab).project()).isEqualTo("gitlab.com-ada-hello-7");
    }

    @Test
    void hasAProjectForEachIdentifier() {
        assertThat(requestedWith(Map.of(Checks.IDENTIFIER, "with docs")).project())
                .isEqualTo(requestedWith(Map.of()).project() + "-with-docs");
    }

    @Test
    void buildsForOurOwnerUnlessThePackageConfigNamesAnother() {
        assertThat(requestedWith(Map.of()).owner()).isEqualTo("packit");
        assertThat(requestedWith(Map.of()).forgeProject()).isNull();

        CoprBuildRequest named = requestedWith(Map.of("owner", "@copr", "project", "nightly"));
        assertThat(named.owner()).isEqualTo("@copr");
        assertThat(named.project()).isEqualTo("nightly");
        assertThat(named.forgeProject()).isEqualTo(Examples.PROJECT.key());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {"https://h/a/$(id), 'https://h/a/$(id)'", "https://h/a/'; id; ', 'https://h/a/'\\''; id; '\\'''"})
    void quotesAnAddressSoThatItStaysOneWord(String url, String quoted) {
        assertThat(requested(at(url)).script().stripTrailing()).endsWith(Examples.COMMIT + " " + quoted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "", "c0ffee; id", "--help", "528B803B", "c0ffee\nid"})
    void refusesACommitThatIsNoHash(String commit) {
        assertThatThrownBy(() -> requestedAt(commit))
                .isInstanceOf(UserErrorException.class)
                .hasMessage("The commit is no hash.");
    }
}
