package dev.forgeway.handle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.dispatch.Job;
import dev.forgeway.handle.copr.CoprBuildHandler;
import dev.forgeway.testing.Examples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksTest {

    private static String name(Job job) {
        return Checks.name(CoprBuildHandler.SPEC, job, Examples.RAWHIDE);
    }

    @Test
    void namesAfterTheTargetAndTheIdentifier() {
        Job job = Examples.coprBuild(Examples.RAWHIDE);

        assertThat(name(job)).isEqualTo("rpm-build:" + Examples.RAWHIDE);
        assertThat(name(job.with("identifier", "full"))).isEqualTo("rpm-build:" + Examples.RAWHIDE + ":full");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ci/{job_name}/{chroot} | ci/rpm-build/fedora-rawhide-x86_64
            gate {identifier}      | gate full
            {chroot}{event}        | fedora-rawhide-x86_64
            {arch}                 | rpm-build:fedora-rawhide-x86_64:full
            {chroot                | rpm-build:fedora-rawhide-x86_64:full
            {event}                | rpm-build:fedora-rawhide-x86_64:full
            """)
    void namesAfterATemplateThatCanBeFilled(String template, String name) {
        Job job =
                Examples.coprBuild(Examples.RAWHIDE).with("identifier", "full").with(Checks.NAME_TEMPLATE, template);

        assertThat(name(job)).isEqualTo(name);
    }
}
