package dev.forgeway.handle.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpmVersionTest {

    /** Each line is what the manual page says of one version: what it is newer than, and what is newer than it. */
    @ParameterizedTest
    @CsvSource({
        "99, 123, 321",
        "1.0, 1.0.1, 1.0.2",
        "2.60, 2.60.1, 3.0",
        "0.99, 1.0~beta1, 1.0",
        "2.0, 2.0^20250611, 2.0.2",
        "1, 1.xyz, 1.0",
        "0, 0.0, 0.1",
        "1c.f, 1.f, 1.0"
    })
    void ordersAsTheManualSays(String older, String version, String newer) {
        assertThat(RpmVersion.ORDER.compare(older, version)).isNegative();
        assertThat(RpmVersion.ORDER.compare(version, older)).isPositive();
        assertThat(RpmVersion.ORDER.compare(version, newer)).isNegative();
        assertThat(RpmVersion.ORDER.compare(newer, version)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"abc123, abc0123", "abc123, abc.000123", "1.0, 1+.+0", "1.0~, 1.0.~", "0, 00"})
    void doesNotCompareSeparatorsAndLeadingZeros(String one, String other) {
        assertThat(RpmVersion.ORDER.compare(one, other)).isZero();
        assertThat(RpmVersion.ORDER.compare(other, one)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "nightly, 2.10",
        "2.9, 2.10",
        "1.0~rc1, 1.0~rc2",
        "1.0~~, 1.0~",
        "1.0^a, 1.0^b",
        "9, 98765432109876543210"
    })
    void ordersWhatUpstreamsWrite(String older, String newer) {
        assertThat(RpmVersion.ORDER.compare(older, newer)).isNegative();
        assertThat(RpmVersion.ORDER.compare(newer, older)).isPositive();
    }
}
