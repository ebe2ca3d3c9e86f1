package dev.forgeway.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.error.UserErrorException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownstreamPlanTest {

    private static DownstreamPlan plan(@Nullable String template, @Nullable String include, @Nullable String exclude) {
        return new DownstreamPlan(null, null, null, template, include, exclude, null, Map.of(), List.of(), false);
    }

    @ParameterizedTest
    @CsvSource({
        ", 1.0, 1.0",
        ", v1.0, 1.0",
        ", version, version",
        "v{version}, v1.0~rc1, 1.0~rc1",
        "hello-{version}-final, hello-2-final, 2"
    })
    void takesTheVersionOutOfATag(@Nullable String template, String tag, String version) {
        assertThat(plan(template, null, null).version(tag)).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource({"v{version}, 1.0", "v{version}, v", "v, v1", ", 1.0-rc1", ", a/b"})
    void refusesATagWithoutAVersion(@Nullable String template, String tag) {
        assertThatThrownBy(() -> plan(template, null, null).version(tag)).isInstanceOf(UserErrorException.class);
    }

    @Test
    void takesOnlyTheTagsThatItIsToldTo() {
        DownstreamPlan plan = plan(null, "v\\d", ".*rc");

        assertThat(plan.against("v1.0")).isEmpty();
        assertThat(plan.against("1.0"))
                .hasValueSatisfying(why -> assertThat(why).contains("upstream_tag_include"));
        assertThat(plan.against("v1.0rc1"))
                .hasValueSatisfying(why -> assertThat(why).contains("upstream_tag_exclude"));
        assertThatThrownBy(() -> plan(null, "(", null).against("v1")).isInstanceOf(UserErrorException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'\\d+\\.\\d+', f45, 1.2.3, 1.2.4, true",
        "'\\d+\\.\\d+', f45, 1.2.3, 1.3.0, false",
        "'\\d+\\.\\d+', epel10.1, 1.2.3, 1.3.0, false",
        "'\\d+\\.\\d+', main, 1.2.3, 1.3.0, true",
        "'\\d+\\.\\d+', f45, nightly, 1.3.0, true",
        "'', f45, 1.2.3, 2.0, true",
        ", f45, 1.2.3, 2.0, true"
    })
    void letsVersionsFollowThatTheMaskLetsThrough(
            @Nullable String mask, String branch, String before, String version, boolean follows) {
        var plan = new DownstreamPlan(null, null, null, null, null, null, mask, Map.of(), List.of(), false);

        assertThat(plan.against(branch, before, version).isEmpty()).isEqualTo(follows);
    }
}
