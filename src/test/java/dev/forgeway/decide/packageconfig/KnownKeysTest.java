package dev.forgeway.decide.packageconfig;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No key that is accepted is dropped without a word. */
class KnownKeysTest {

    private static final String JOB = "jobs: [{job: copr_build, trigger: pull_request, ";

    /** Values of every form; a key that is read cannot stay unmoved by all of them. */
    private static final List<String> VALUES = List.of("zzz", "[zzz]", "7", "true", "{zzz: {zzz: [7]}}");

    /** They say what the mapping that they stand in is, or carry others. */
    private static final Set<String> FRAME = Set.of("_", "job", "trigger", "packages", "package", "metadata");

    static Set<String> keysOfJobs() {
        return KnownKeys.ofJobs();
    }

    static Set<String> keysOfTargets() {
        return KnownKeys.ofTargets();
    }

    @ParameterizedTest
    @MethodSource("keysOfJobs")
    void changesAJobOrGivesAHintOrIsForPackit(String key) {
        assertThat(FRAME.contains(key)
                        || KnownKeys.isOfPackit(key)
                        || VALUES.stream().anyMatch(value -> isNoticed(JOB + key + ": " + value + "}]", JOB + "}]")))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("keysOfTargets")
    void changesATargetOrGivesAHint(String key) {
        String without = JOB + "targets: {fedora-all: {}}}]";

        assertThat(VALUES.stream()
                        .anyMatch(value -> isNoticed(without.replace("{}", "{" + key + ": " + value + "}"), without)))
                .isTrue();
    }

    private static boolean isNoticed(String with, String without) {
        try {
            return !parse(with).equals(parse(without));
        } catch (InvalidPackageConfigException e) {
            return true; // nobody complains of what is not read
        }
    }

    private static PackageConfig parse(String text) {
        return new PackageConfigParser(new TargetExpansion(Releases::shipped)).parse("packit.yaml", text);
    }
}
