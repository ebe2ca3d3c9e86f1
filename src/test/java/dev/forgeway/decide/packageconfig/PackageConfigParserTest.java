package dev.forgeway.decide.packageconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.forgeway.decide.packageconfig.JobConfig.CheckNames;
import dev.forgeway.decide.packageconfig.JobConfig.CoprProject;
import dev.forgeway.decide.packageconfig.JobConfig.RequiredLabels;
import dev.forgeway.decide.packageconfig.JobConfig.SourcePackage;
import dev.forgeway.handle.BuildPlan;
import dev.forgeway.handle.NotificationPlan;
import dev.forgeway.handle.SyncedFiles;
import dev.forgeway.handle.UpdatePlan;
import dev.forgeway.service.copr.CoprChrootSettings;
import dev.forgeway.service.copr.CoprProjectSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackageConfigParserTest {

    private static PackageConfig parse(String text) {
        return new PackageConfigParser(new TargetExpansion(Releases::shipped)).parse("packit.yaml", text);
    }

    private static JobConfig onlyJob(String text) {
        PackageConfig config = parse(text);
        assertThat(config.jobs()).hasSize(1);
        return config.jobs().get(0);
    }

    @Test
    void readsEveryKeyOfAJob() {
        PackageConfig config = parse("""
                jobs:
                  - job: copr_build
                    trigger: pull_request
                    targets: [epel-9-x86_64]
                    identifier: mock
                    status_name_template: "{job_name}/{chroot}"
                    manual_trigger: true
                    branch: main
                    skip_build: false
                    labels: [regression]
                    owner: "@group"
                    project: nightly
                    timeout: 3600
                    enable_net: true
                    merge_pr_in_ci: false
                    list_on_homepage: true
                    preserve_project: false
                    additional_repos: copr://ada/tools
                    additional_packages: [make]
                    bootstrap: on
                    module_hotfixes: true
                    follow_fedora_branching: false
                    scratch: true
                    allowed_pr_authors: [ada]
                    allowed_committers: [all_admins]
                    sidetag_group: group
                    dependencies: [libhello]
                    dependents: [hello-tools, hello-docs]
                    specfile_path: dist/hello.spec
                    upstream_package_name: hello-upstream
                    downstream_package_name: hello
                    srpm_build_deps: [make, gcc]
                    packit_instances: [prod, stg]
                    require:
                      label:
                        present: [ready]
                        absent: [wip, on-hold]
                    notifications:
                      pull_request:
                        successful_build: true
                      failure_comment:
                        message: "broken: {commit_sha}"
                    fmf_url: https://example.org/tests.git
                    fmf_ref: stable
                    fmf_path: .distro
                    tmt_plan: ^/plans/smoke
                    tf_post_install_script: echo ready
                    tf_extra_params:
                      environments: [{tmt: {context: {level: 2}}}]
                    env: {DEBUG: true}
                    use_internal_tf: true
                    use_target_repo_for_fmf_url: yes
                    test_command: {default_identifier: mock, default_labels: [regression]}
                    bodhi_extra_params: {stable_days: 7}
                    upload_sources: false
                    dist_git_branches: {fedora-all: {}, epel9: {fast_forward_merge_into: [epel8]}}
                    version_update_mask: \\d+
                    upstream_project_url: https://example.org/hello
                    issue_repository: https://example.org/issues
                    files_to_sync: [hello.spec, {src: [a/one, two], dest: conf/}, {src: x, dest: y},
                      {src: z/, dest: ., mkpath: true, delete: true, filters: ["- *.orig"]}]
                    upstream_tag_template: "v{version}"
                    upstream_tag_include: "^v"
                    upstream_tag_exclude: ".*rc"
                """);

        assertThat(config.hints()).isEmpty();
        assertThat(config.jobs())
                .containsExactly(new JobConfig(
                        "copr_build",
                        "pull_request",
                        null,
                        List.of("epel-9-x86_64"),
                        "mock",
                        new CheckNames("mock", "{job_name}/{chroot}"),
                        true,
                        "main",
                        false,
                        List.of("regression"),
                        new CoprProject("@group", "nightly"),
                        new BuildPlan(
                                3600,
                                true,
                                true,
                                new CoprProjectSettings(true, false, List.of("copr://ada/tools"), "on", true, false),
                                Map.of(
                                        "epel-9-x86_64",
                                        new CoprChrootSettings(
                                                List.of("make"), List.of(), null, List.of(), List.of()))),
                        new SourcePackage(
                                "dist/hello.spec", "hello-upstream", "hello", List.of("./"), List.of("make", "gcc")),
                        new RequiredLabels(List.of("ready"), List.of("wip", "on-hold")),
                        List.of("prod", "stg"),
                        new NotificationPlan(true, "broken: {commit_sha}", true),
                        new TestSettings(
                                "https://example.org/tests.git",
                                "stable",
                                ".distro",
                                "^/plans/smoke",
                                "echo ready",
                                Map.of("environments", List.of(Map.of("tmt", Map.of("context", Map.of("level", 2L))))),
                                Map.of("DEBUG", "true"),
                                true,
                                true,
                                new TestSettings.Default("mock", List.of("regression"))),
                        new DistGitSettings(
                                List.of("fedora-all", "epel9"),
                                "https://example.org/hello",
                                "https://example.org/issues",
                                List.of(
                                        SyncedFiles.one("hello.spec", "hello.spec"),
                                        new SyncedFiles(List.of("a/one", "two"), "conf/", false, false, List.of()),
                                        SyncedFiles.one("x", "y"),
                                        new SyncedFiles(List.of("z/"), ".", true, true, List.of("- *.orig"))),
                                "v{version}",
                                "^v",
                                ".*rc",
                                "\\d+",
                                Map.of("epel9", List.of("epel8")),
                                true),
                        new KojiSettings(
                                true,
                                List.of("ada"),
                                List.of("all_admins"),
                                List.of("packit"),
                                "group",
                                List.of("libhello"),
                                List.of("hello-tools", "hello-docs"),
                                new UpdatePlan(Map.of("stable_days", 7L))),
                        Map.of(),
                        2,
                        0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dist_git_branches: rawhide                                                     | rawhide
            dist_git_branches: {rawhide: {fast_forward_merge_into: [f45]}, fedora-44: null} | rawhide fedora-44
            dist_git_namespace: rpms                                                       | ''
            """)
    void readsBranchesOfDistGitInEveryForm(String key, String branches) {
        JobConfig job = onlyJob("{jobs: [{job: propose_downstream, trigger: release}], " + key + "}");

        assertThat(String.join(" ", job.distGit().branches())).isEqualTo(branches);
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, true", "null, true"})
    void readsWhetherAnIssueTellsOfAFailure(String create, boolean wanted) {
        JobConfig job = onlyJob("{jobs: [{job: propose_downstream, trigger: release}], "
                + "notifications: {failure_issue: {create: " + create + "}}}");

        assertThat(job.notifications().failureIssue()).isEqualTo(wanted);
    }

    @Test
    void hasDefaultsForAllThatIsNotWritten() {
        JobConfig job = onlyJob("jobs: [{job: copr_build, trigger: pull_request}]");

        assertThat(job.targets()).containsExactly("fedora-stable");
        assertThat(job.manualTrigger()).isFalse();
        assertThat(job.copr()).isEqualTo(new CoprProject(null, null));
        assertThat(job.source()).isEqualTo(new SourcePackage(null, null, null, List.of("./"), List.of()));
        assertThat(job.requiredLabels()).isEqualTo(new RequiredLabels(List.of(), List.of()));
        assertThat(job.packitInstances()).containsExactly("prod");
        assertThat(job.notifications()).isEqualTo(NotificationPlan.USUAL);
        assertThat(job.tests())
                .isEqualTo(new TestSettings(
                        null, null, ".", null, null, Map.of(), Map.of(), false, false, TestSettings.Default.ALL));
        assertThat(job.targetSettings()).isEmpty();
    }

    @Test
    void takesTheDefaultJobsWhenThereAreNone() {
        assertThat(parse("specfile_path: hello.spec\n").jobs())
                .extracting(
                        JobConfig::type,
                        JobConfig::trigger,
                        JobConfig::targets,
                        job -> job.source().specfilePath())
                .containsExactly(
                        tuple("copr_build", "pull_request", List.of("fedora-stable"), "hello.spec"),
                        tuple("tests", "pull_request", List.of("fedora-stable"), "hello.spec"),
                        tuple("propose_downstream", "release", List.of(), "hello.spec"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            specfile_path: hello.spec       | fedora-all
            dist_git_branches: [rawhide]    | rawhide
            packages: {hello: {}}           | fedora-all
            """)
    void proposesReleasesToAllOfFedoraByDefault(String config, String branches) {
        assertThat(parse(config).jobs())
                .filteredOn(job -> job.type().equals("propose_downstream"))
                .flatExtracting(job -> job.distGit().branches())
                .containsExactly(branches);
    }

    @Test
    void letsDefaultJobsInheritTargetsAndPackages() {
        assertThat(parse("targets: fedora-rawhide\npackages: {a: {}, b: {targets: epel-9}}")
                        .jobs())
                .filteredOn(job -> job.type().equals("copr_build"))
                .extracting(JobConfig::packageName, JobConfig::targets)
                .containsExactly(tuple("a", List.of("fedora-rawhide")), tuple("b", List.of("epel-9")));
    }

    @Test
    void hasNoJobsWhenTheListIsEmpty() {
        assertThat(parse("jobs: []").jobs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "targets: fedora-all                                 | fedora-all",
                "targets: [fedora-all, fedora-all, epel-9]            | fedora-all epel-9",
                "targets: {fedora-all: {}, epel-9: {with_opts: [x]}}  | fedora-all epel-9",
                "targets: {fedora-41: null}                           | fedora-41",
                "targets: []                                          | ''",
                "targets: null                                        | fedora-stable",
                "metadata: {targets: [fedora-rawhide]}                | fedora-rawhide",
                "metadata: {targets: {epel-9: {}}}                    | epel-9"
            })
    void readsTargetsInEachForm(String line, String targets) {
        JobConfig job = onlyJob("jobs:\n- job: copr_build\n  trigger: pull_request\n  " + line);

        assertThat(String.join(" ", job.targets())).isEqualTo(targets);
    }

    @Test
    void keepsTargetsOfOtherJobsAsTheyAre() {
        assertThat(onlyJob("jobs: [{job: tests, trigger: pull_request, targets: [RHEL-9]}]")
                        .targets())
                .containsExactly("RHEL-9");
    }

    @Test
    void letsAJobReplaceWhatItInherits() {
        JobConfig job = onlyJob("""
                specfile_path: top.spec
                owner: top-owner
                identifier: top
                srpm_build_deps: [make]
                jobs:
                  - job: copr_build
                    trigger: pull_request
                    specfile_path: job.spec
                    identifier: null
                    srpm_build_deps: [gcc]
                """);

        assertThat(job.source().specfilePath()).isEqualTo("job.spec");
        assertThat(job.source().buildDependencies()).containsExactly("gcc");
        assertThat(job.copr().owner()).isEqualTo("top-owner");
        assertThat(job.identifier()).isNull();
    }

    @Test
    void makesOneJobForEachPackageOfAMonorepo() {
        PackageConfig config = parse("""
                upstream_package_name: copr
                packages:
                  cli:
                    specfile_path: cli.spec
                    paths: [./cli]
                  frontend:
                    specfile_path: frontend.spec
                    owner: frontend-owner
                jobs:
                  - job: copr_build
                    trigger: pull_request
                    targets: [fedora-all]
                  - job: tests
                    trigger: pull_request
                    packages: [cli]
                  - job: copr_build
                    trigger: commit
                    owner: job-owner
                    packages:
                      frontend:
                        owner: override
                      cli:
                """);

        assertThat(config.hints()).isEmpty();
        assertThat(config.jobs())
                .extracting(
                        JobConfig::type,
                        JobConfig::packageName,
                        job -> job.source().specfilePath(),
                        job -> job.source().upstreamPackageName(),
                        job -> job.copr().owner())
                .containsExactly(
                        tuple("copr_build", "cli", "cli.spec", "copr", null),
                        tuple("copr_build", "frontend", "frontend.spec", "copr", "frontend-owner"),
                        tuple("tests", "cli", "cli.spec", "copr", null),
                        tuple("copr_build", "frontend", "frontend.spec", "copr", "override"),
                        tuple("copr_build", "cli", "cli.spec", "copr", "job-owner"));
        assertThat(config.jobs().get(0).source().paths()).containsExactly("./cli");
    }

    /** The names are packit's, but where that would give checks of two packages one name. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            packages: {a: {}, b: {}}      |                                    | a:a:-         b:b:-
            packages: {a: {}, b: {}}      | identifier: x                      | x:x-a:-       x:x-b:-
            packages: {a: {identifier: b}, b: {}} |                            | b:b-a:-       b:b:-
            packages: {a: {}, b: {}}      | 'packages: [b], identifier: x'     | x:x:-
            packages: {a: {}}             |                                    | null:null:-
            packages: {a: {}, b: {}}      | status_name_template: '{package}'  | a:a:{package} b:b:{package}
            packages: {a: {}, b: {}}      | status_name_template: same         | a:a:-         b:b:-
            packages: {a: {status_name_template: t}, b: {}} |                  | a:a:t         b:b:-
            """)
    void tellsThePackagesOfAMonorepoApart(String packages, @Nullable String key, String names) {
        PackageConfig config = parse("{jobs: [{job: copr_build, trigger: pull_request" + (key == null ? "" : ", " + key)
                + "}], " + packages + "}");

        assertThat(config.jobs())
                .extracting(job -> job.identifier() + ":" + job.checkNames().identifier() + ":"
                        + Objects.requireNonNullElse(job.checkNames().template(), "-"))
                .containsExactly(names.split("\\s+"));
        assertThat(config.hints()).hasSize(String.valueOf(key).endsWith("same") ? 1 : 0);
    }

    @Test
    void countsTheJobsOfEachPackageAsPackitsCommandLineDoes() {
        PackageConfig config = parse("""
                packages: {a: {}, b: {}}
                jobs:
                  - {job: copr_build, trigger: pull_request, packages: [a]}
                  - {job: koji_build, trigger: commit | koji_build}
                  - {job: copr_build, trigger: release}
                """);

        assertThat(config.jobs())
                .extracting(job -> job.packageName() + job.index())
                .containsExactly("a0", "a1", "a1", "b0", "b0", "a2", "b1");
        assertThat(parse("jobs: [{job: tests, trigger: release}, {job: copr_build, trigger: release}]")
                        .jobs())
                .extracting(JobConfig::index)
                .containsExactly(0, 1);
        assertThat(parse("packages: {a: {}, b: {}}").jobs())
                .extracting(job -> job.type() + job.index())
                .containsExactly(
                        "copr_build0", "copr_build0", "tests1", "tests1", "propose_downstream2", "propose_downstream2");
    }

    @Test
    void readsTheDeprecatedMetadata() {
        PackageConfig config = parse("""
                jobs:
                  - job: copr_build
                    trigger: commit
                    owner: job-owner
                    metadata:
                      targets: [fedora-rawhide]
                      owner: metadata-owner
                      project: nightly
                      branch: devel
                """);

        assertThat(config.jobs().get(0).copr()).isEqualTo(new CoprProject("job-owner", "nightly"));
        assertThat(config.jobs().get(0).branch()).isEqualTo("devel");
        assertThat(config.hints()).containsExactly("line 6: metadata is deprecated; move its keys into the job");
    }

    @Test
    void mergesAnchorsAndTemplates() {
        PackageConfig config = parse("""
                _:
                  basic: &basic
                    job: tests
                    trigger: pull_request
                    targets: [fedora-all]
                  more: &more
                    identifier: merged
                    targets: [epel-9]
                jobs:
                  - &copr
                    job: copr_build
                    trigger: ignore
                    targets: [fedora-all]
                  - <<: *copr
                    trigger: commit
                    branch: main
                  - <<: [*basic, *more]
                    skip_build: true
                """);

        assertThat(config.hints()).isEmpty();
        assertThat(config.jobs())
                .extracting(JobConfig::type, JobConfig::trigger, JobConfig::targets, JobConfig::identifier)
                .containsExactly(
                        tuple("copr_build", "ignore", List.of("fedora-all"), null),
                        tuple("copr_build", "commit", List.of("fedora-all"), null),
                        tuple("tests", "pull_request", List.of("fedora-all"), "merged"));
    }

    @Test
    void hintsAtUnknownKeysAndJobTypes() {
        PackageConfig config = parse("""
                specfile: hello.spec
                upstream_project_name: hello
                my_own_extension_of_this_file: 1
                packages:
                  hello: {spec_file_path: hello.spec}
                jobs:
                  - job: copr_biuld
                    trigger: pull_request
                    target: fedora-all
                  - job: launch_rocket
                    trigger: release
                """);

        assertThat(config.jobs()).extracting(JobConfig::type).containsExactly("copr_biuld", "launch_rocket");
        assertThat(config.hints())
                .containsExactly(
                        "line 1: key specfile is not known; it is ignored",
                        "line 2: key upstream_project_name is now called upstream_package_name",
                        "line 3: key my_own_extension_of_this_file is not known; it is ignored",
                        "line 5: key spec_file_path of package hello is not known; did you mean specfile_path?",
                        "line 9: key target is not known; did you mean targets?",
                        "line 7: job copr_biuld is not known; did you mean copr_build?",
                        "line 10: job launch_rocket is not known; it is ignored");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dist_git_branch: f44",
                "dist-git-branch: [f44]",
                "{dist_git_branches: [f44], dist_git_branch: f43}",
                "{dist_git_branch: f43, jobs: [{job: propose_downstream, trigger: release, dist_git_branch: f44}]}",
                "jobs: [{job: propose_downstream, trigger: release, metadata: {dist-git-branch: f44}}]",
                "packages: {hello: {dist_git_branch: f44}}"
            })
    void readsBranchesUnderTheirFormerNames(String config) {
        assertThat(parse(config).jobs())
                .filteredOn(job -> job.type().equals("propose_downstream"))
                .flatExtracting(job -> job.distGit().branches())
                .containsExactly("f44");
    }

    @Test
    void readsTheNamedGroupsOfPythonInAMask() {
        JobConfig job = onlyJob("""
                jobs: [{job: propose_downstream, trigger: release}]
                version_update_mask: '(?P<major>\\d+)\\.'
                """);

        assertThat(job.distGit().versionMask()).isEqualTo("(?P<major>\\d+)\\.");
    }

    @Test
    void readsWhatOtherKeysAndJobsWereCalledFormerly() {
        PackageConfig config = parse("""
                upstream_project_name: hello
                specfile_path: rpm/hello.spec
                synced_files: [hello.conf]
                jobs:
                  - {job: build, trigger: pull_request}
                  - {job: production_build, trigger: commit, upstream_package_name: other, files_to_sync: [hello.conf]}
                """);

        assertThat(config.jobs())
                .extracting(
                        JobConfig::type,
                        job -> job.source().upstreamPackageName(),
                        job -> job.distGit().files())
                .containsExactly(
                        tuple(
                                "copr_build",
                                "hello",
                                List.of(
                                        SyncedFiles.one("hello.conf", "hello.conf"),
                                        SyncedFiles.one("rpm/hello.spec", "hello.spec"))),
                        tuple("upstream_koji_build", "other", List.of(SyncedFiles.one("hello.conf", "hello.conf"))));
        assertThat(config.hints())
                .containsExactly(
                        "line 1: key upstream_project_name is now called upstream_package_name",
                        "line 3: key synced_files is now called files_to_sync",
                        "line 5: job build is now called copr_build",
                        "line 6: job production_build is now called upstream_koji_build");
    }

    @Test
    void readsAJobWithSeveralTriggersAsOneForEach() {
        PackageConfig config = parse("""
                jobs:
                  - job: koji_build
                    trigger: commit | koji_build
                    dependencies: [foo]
                """);

        assertThat(config.jobs()).extracting(JobConfig::trigger).containsExactly("commit", "koji_build");
        assertThat(config.hints()).isEmpty();
    }

    @Test
    void hintsAtWhatWillNeverRunOrHasAnUnusableName() {
        assertThat(parse("""
                jobs:
                  - {job: propose_downstream, trigger: pull_request}
                  - {job: bodhi_update, trigger: koji_build, allowed_gpg_keys: [12AB]}
                  - {job: pull_from_upstream, trigger: ignore}
                  - job: tests
                    trigger: commit
                    identifier: "provision:virtual"
                """).hints())
                .containsExactly(
                        "line 2: job propose_downstream never runs with trigger pull_request; it has release",
                        "line 3: key allowed_gpg_keys is not followed: signatures of commits are not checked",
                        "line 7: identifier should not hold a colon");
    }

    @Test
    void readsNumbersAndQuotedBooleansAsTheyAreMeant() {
        JobConfig job = onlyJob("""
                jobs:
                - {job: tests, trigger: commit, branch: 1.10, identifier: 007, manual_trigger: "true", skip_build: no}
                """);

        assertThat(job.branch()).isEqualTo("1.10");
        assertThat(job.identifier()).isEqualTo("007");
        assertThat(job.manualTrigger()).isTrue();
        assertThat(job.skipBuild()).isFalse();
    }

    @Test
    void readsAFileWithByteOrderMarkAndWindowsLineEnds() {
        assertThat(parse("\ufeffjobs:\r\n- job: tests\r\n  trigger: release\r\n")
                        .jobs())
                .hasSize(1);
    }
}
