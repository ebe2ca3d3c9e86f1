package dev.forgeway.decide.packageconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The keys of test jobs, and those of single targets. */
class TestAndTargetSettingsTest {

    private static PackageConfig parse(String job, String lines) {
        return new PackageConfigParser(new TargetExpansion(Releases::shipped))
                .parse("packit.yaml", "jobs:\n- job: " + job + "\n  trigger: pull_request\n" + lines.indent(2));
    }

    private static JobConfig job(String type, String lines) {
        return parse(type, lines).jobs().get(0);
    }

    private static TargetSettings settings(List<String> distros) {
        return new TargetSettings(distros, List.of(), List.of(), null, List.of(), List.of());
    }

    @Test
    void readsTheDistrosOfATarget() {
        JobConfig job = job("tests", """
                targets:
                  epel-8-x86_64:
                    distros: [centos-8, rhel-8]
                  epel-7-x86_64: {}
                  fedora-all:
                """);

        assertThat(job.targets()).containsExactly("epel-8-x86_64", "epel-7-x86_64", "fedora-all");
        assertThat(job.targetSettings()).isEqualTo(Map.of("epel-8-x86_64", settings(List.of("centos-8", "rhel-8"))));
    }

    @Test
    void readsHowATargetIsBuilt() {
        PackageConfig config = parse("copr_build", """
                targets:
                  centos-stream-9:
                    additional_packages: [epel-release]
                    additional_repos:
                      - https://example.org/el9/x86_64/
                    additional_modules: "foreman:el8,ruby:2.7"
                    with_opts: [bootstrap]
                    without_opts: [check, docs]
                  fedora-rawhide: {}
                """);

        assertThat(config.hints()).isEmpty();
        assertThat(config.jobs().get(0).targetSettings())
                .isEqualTo(Map.of(
                        "centos-stream-9",
                        new TargetSettings(
                                List.of(),
                                List.of("epel-release"),
                                List.of("https://example.org/el9/x86_64/"),
                                "foreman:el8,ruby:2.7",
                                List.of("bootstrap"),
                                List.of("check", "docs"))));
    }

    @Test
    void letsAJobReplaceTheTargetsOfTheTopLevelWhole() {
        JobConfig job = new PackageConfigParser(new TargetExpansion(Releases::shipped))
                .parse("packit.yaml", """
                        targets: {epel-9: {distros: [centos-9]}}
                        tmt_plan: top
                        env: {TOP: 1}
                        jobs:
                        - {job: tests, trigger: pull_request, targets: [epel-9], env: {JOB: 2}}
                        """)
                .jobs()
                .get(0);

        assertThat(job.targetSettings()).isEmpty();
        assertThat(job.tests().tmtPlan()).isEqualTo("top");
        assertThat(job.tests().env()).isEqualTo(Map.of("JOB", "2"));
    }

    @Test
    void hintsAtUnknownKeysOfATarget() {
        assertThat(parse("tests", """
                targets:
                  epel-9:
                    distro: [centos-9]
                    timeout: 5
                """).hints())
                .containsExactly(
                        "line 6: key distro of target epel-9 is not known; did you mean distros?",
                        "line 7: key timeout of target epel-9 is not known; it is ignored");
    }

    static List<Arguments> scalars() {
        return List.of(
                Arguments.of("text", "text"),
                Arguments.of("true", true),
                Arguments.of("\"true\"", "true"),
                Arguments.of("off", false),
                Arguments.of("12", 12L),
                Arguments.of("-7", -7L),
                Arguments.of("010", "010"),
                Arguments.of("99999999999999999999", "99999999999999999999"),
                Arguments.of("1.10", new BigDecimal("1.10")),
                Arguments.of("2026-11-24", "2026-11-24"),
                Arguments.of("null", null),
                Arguments.of("[1, [two, null]]", List.of(1L, Arrays.asList("two", null))));
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void keepsTheTypesOfExtraParameters(String written, @Nullable Object plain) {
        assertThat(job("tests", "tf_extra_params: {key: " + written + "}")
                        .tests()
                        .extraParams())
                .containsEntry("key", plain);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "env: {A: text}  | text",
                "env: {A: true}  | true",
                "env: {A: 010}   | 010",
                "env: {A: 1.10}  | 1.10",
                "env: {A: ''}    | ''",
                "env: {A: }      | ''"
            })
    void takesVariablesAsTheyAreWritten(String line, String value) {
        assertThat(job("tests", line).tests().env()).isEqualTo(Map.of("A", value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "env: [A]                                   | env must hold keys and values",
                "env: {A: [1]}                              | A must be one value",
                "tf_extra_params: text                      | tf_extra_params must hold keys and values",
                "use_internal_tf: maybe                     | use_internal_tf must be true or false",
                "fmf_url: [a]                               | fmf_url must be text",
                "tmt_plan: {a: b}                           | tmt_plan must be text",
                "targets: {epel-9: {distros: {a: b}}}       | distros must be a list",
                "targets: {epel-9: {additional_modules: []}} | additional_modules must be text",
                "targets: {epel-9: text}                    | target epel-9 must hold keys and values"
            })
    void saysWhatIsWrong(String line, String problem) {
        assertThatThrownBy(() -> job("tests", line))
                .isInstanceOf(InvalidPackageConfigException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void doesNotWriteOutAliasesWithoutEnd() {
        StringBuilder lines = new StringBuilder("tf_extra_params:\n  a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
        for (int level = 1; level < 5; level++) {
            String alias = "*a" + (level - 1);
            lines.append("  a" + level + ": &a" + level + " [")
                    .append(String.join(", ", List.of(alias, alias, alias, alias, alias, alias, alias, alias)))
                    .append("]\n");
        }

        assertThatThrownBy(() -> job("tests", lines.toString()))
                .isInstanceOf(InvalidPackageConfigException.class)
                .hasMessageContaining("too many values");
    }

    @Test
    void refusesAnchorsThatHoldThemselves() {
        assertThatThrownBy(() -> job("tests", "tf_extra_params: &a {deeper: *a}"))
                .isInstanceOf(InvalidPackageConfigException.class)
                .hasMessageContaining("too many values");
    }
}
