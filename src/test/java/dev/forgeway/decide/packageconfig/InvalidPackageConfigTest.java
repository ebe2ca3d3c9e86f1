package dev.forgeway.decide.packageconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.forgeway.error.UserErrorException;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InvalidPackageConfigTest {

    private static final String JOB = "jobs:\n- job: copr_build\n  trigger: pull_request\n";

    static Stream<Arguments> invalid() {
        return Stream.of(
                // the file as a whole
                Arguments.of("", 1, 1, "the file is empty", "jobs: []"),
                Arguments.of("# only a comment\n", 1, 1, "the file is empty", "jobs: []"),
                Arguments.of("---\n", 1, 1, "the file is empty", "jobs: []"),
                Arguments.of("- job: copr_build\n", 1, 1, "must consist of keys and values", "jobs:"),
                Arguments.of("just words", 1, 1, "must consist of keys and values", "jobs:"),
                Arguments.of("a: 1\n---\nb: 2\n", 2, 1, "another document", "remove the `---`"),
                // YAML
                Arguments.of("jobs:\n\t- job: tests\n", 2, 1, "cannot start any token", "spaces instead of tabs"),
                Arguments.of("jobs: [\n", 2, 1, "expected", "indentation"),
                Arguments.of("a: b: c\n", 1, 5, "mapping values are not allowed", "in quotes"),
                Arguments.of("a: 1\nb\nc: 2\n", 3, 1, "could not find expected ':'", "space after the colon"),
                Arguments.of("jobs: *nowhere\n", 1, 7, "undefined alias", "&name"),
                Arguments.of("a: 1\nb: \u0007\n", 2, 4, "U+0007", "remove it"),
                Arguments.of("a: 1\njobs: []\na: 2\n", 3, 1, "a stands twice", "line 1"),
                Arguments.of("a: {b: 1,\n  b: 2}\n", 2, 3, "b stands twice", "line 1"),
                Arguments.of("? [a, b]\n: 1\n", 1, 3, "a key must be a word", "key: value"),
                Arguments.of("a: !!java.net.URL [x]\n", 1, 4, "tag", "remove the tag"),
                Arguments.of("a: !custom x\n", 1, 4, "tag", "remove the tag"),
                Arguments.of("jobs:\n- <<: text\n", 2, 7, "<< must name a mapping", "<<: *anchor"),
                // jobs
                Arguments.of("jobs:\n", 1, 6, "jobs has no value", "jobs: []"),
                Arguments.of("jobs: copr_build\n", 1, 7, "jobs must be a list", "jobs: [{job: copr_build"),
                Arguments.of("jobs:\n  job: copr_build\n", 2, 3, "jobs must be a list", "jobs: ["),
                Arguments.of("jobs:\n- copr_build\n", 2, 3, "must hold keys and values", "job: copr_build"),
                Arguments.of("jobs:\n- trigger: release\n", 2, 3, "the job has no job", "job: copr_build"),
                Arguments.of("jobs:\n- job: tests\n", 2, 3, "the job has no trigger", "trigger: pull_request"),
                Arguments.of("jobs:\n- {job: [tests], trigger: release}\n", 2, 9, "job must be text", "job: "),
                Arguments.of("jobs:\n- {job: tests, trigger: }\n", 2, 24, "trigger must be text", "trigger: "),
                Arguments.of(
                        "jobs:\n- job: tests\n  trigger: pull-request\n",
                        3,
                        12,
                        "no trigger pull-request",
                        "did you mean pull_request?"),
                Arguments.of(
                        "jobs:\n- job: tests\n  trigger: full moon\n",
                        3,
                        12,
                        "no trigger full moon",
                        "pull_request, commit, release"),
                // values
                Arguments.of(JOB + "  targets: 42\n", 4, 12, "targets must be a list", "`targets: [fedora-all]`"),
                Arguments.of(JOB + "  targets: true\n", 4, 12, "targets must be a list", "`targets: [fedora-all]`"),
                Arguments.of(
                        JOB + "  targets:\n  - fedora-all\n  - [epel-9]\n",
                        6,
                        5,
                        "each element of targets",
                        "`targets: [fedora-all]`"),
                Arguments.of(
                        JOB + "  targets: {fedora-all: x}\n", 4, 25, "target fedora-all must hold", "fedora-all: {}"),
                Arguments.of(
                        JOB + "  targets:\n  - epel-9\n  - fedora-al\n",
                        6,
                        5,
                        "there is no target fedora-al",
                        "did you mean fedora-all?"),
                Arguments.of(
                        JOB + "  targets: windows\n", 4, 12, "there is no target windows", "fedora-rawhide-x86_64"),
                Arguments.of(JOB + "  targets: {windows: {}}\n", 4, 22, "there is no target windows", "an alias"),
                Arguments.of(JOB + "  metadata: {targets: 1}\n", 4, 23, "targets must be a list", "fedora-all"),
                Arguments.of(JOB + "  metadata: [targets]\n", 4, 13, "metadata must hold keys", "metadata: {"),
                Arguments.of("targets: 1\n" + JOB, 1, 10, "targets must be a list", "fedora-all"),
                Arguments.of(JOB + "  identifier: yes\n", 4, 15, "identifier must be text", "identifier: \"…\""),
                Arguments.of(JOB + "  manual_trigger: maybe\n", 4, 19, "true or false", "manual_trigger: true"),
                Arguments.of(JOB + "  manual_trigger: [true]\n", 4, 19, "true or false", "manual_trigger: true"),
                Arguments.of(JOB + "  timeout: 2h\n", 4, 12, "a number above 0", "timeout: 7200"),
                Arguments.of(JOB + "  branch: [main]\n", 4, 11, "branch must be text", "branch: "),
                Arguments.of(JOB + "  owner: {a: b}\n", 4, 10, "owner must be text", "owner: "),
                Arguments.of(JOB + "  packit_instances: [dev]\n", 4, 22, "no instance dev", "[prod, stg]"),
                Arguments.of(JOB + "  require: ready\n", 4, 12, "require must hold keys", "require: {label"),
                Arguments.of(JOB + "  require: {label: {present: {a: b}}}\n", 4, 30, "present must be a list", "ready"),
                Arguments.of(
                        JOB + "  notifications: {pull_request: yes}\n",
                        4,
                        33,
                        "pull_request must hold",
                        "successful_build"),
                Arguments.of(JOB + "  upstream_package_name: a/b\n", 4, 26, "must not hold a slash", "name alone"),
                // packages
                Arguments.of("packages: [a]\n", 1, 11, "packages must hold keys", "packages: {my-package"),
                Arguments.of("packages: {a: 1}\n", 1, 15, "a must hold keys", "a: {}"),
                Arguments.of(
                        "packages: {hello: {}}\n" + JOB + "  packages: [helo]\n",
                        5,
                        14,
                        "no package helo",
                        "did you mean hello?"),
                Arguments.of(
                        "packages: {hello: {}}\n" + JOB + "  packages: {other: {}}\n",
                        5,
                        21,
                        "no package other",
                        "define it"),
                Arguments.of(JOB + "  packages: [hello]\n", 4, 14, "no package hello", "define it"));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void tellsWhereAndWhatAndHow(String text, int line, int column, String problem, String hint) {
        InvalidPackageConfigException failure = failureOf(text);

        assertThat(failure.problem()).contains(problem);
        assertThat(failure.hint()).contains(hint);
        assertThat(failure.line() + ":" + failure.column()).isEqualTo(line + ":" + column);
        assertThat(failure)
                .isInstanceOf(UserErrorException.class)
                .hasMessageStartingWith(".packit.yaml, line " + line + ", column " + column + ": ");
    }

    @Test
    void refusesAFileThatIsTooLarge() {
        assertThat(failureOf("a: " + "x".repeat(1024 * 1024)).problem()).contains("larger than 1 MB");
    }

    @Test
    void refusesDeepNesting() {
        assertThat(failureOf("a: " + "[".repeat(10_000) + "]".repeat(10_000)).problem())
                .contains("Depth");
    }

    @Test
    void refusesAliasBombs() {
        var bomb = new StringBuilder("a0: &a0 {job: tests}\n");
        for (int level = 1; level < 60; level++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d]\n"
                    .formatted(level, level, level - 1, level - 1, level - 1, level - 1, level - 1));
        }
        assertThat(failureOf(bomb.toString()).problem()).contains("aliases");
    }

    @Test
    void readsManyMergesInNoTime() {
        var text = new StringBuilder("a0: &a0 {trigger: release}\n");
        for (int level = 1; level < 40; level++) {
            text.append(
                    "a%d: &a%d {<<: [*a%d, *a%d, *a%d]}\n".formatted(level, level, level - 1, level - 1, level - 1));
        }
        text.append("jobs: [{<<: *a39, job: tests}]\n");
        Assertions.assertThat(org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                        Duration.ofSeconds(5),
                        () -> new PackageConfigParser(new TargetExpansion(Releases::shipped))
                                .parse("p", text.toString())))
                .extracting(config -> config.jobs().get(0).trigger())
                .isEqualTo("release");
    }

    @Test
    void survivesAnchorsThatHoldThemselves() {
        assertThat(new PackageConfigParser(new TargetExpansion(Releases::shipped))
                        .parse("p", "jobs: [&a {<<: *a, job: tests, trigger: release, actions: &b [*b]}]")
                        .jobs())
                .hasSize(1);
    }

    private static InvalidPackageConfigException failureOf(String text) {
        return catchThrowableOfType(
                InvalidPackageConfigException.class,
                () -> new PackageConfigParser(new TargetExpansion(Releases::shipped)).parse(".packit.yaml", text));
    }
}
