package dev.forgeway.handle.testingfarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.config.Settings;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.PushEvent;
import dev.forgeway.handle.TestPlan;
import dev.forgeway.testing.Examples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestRequestsTest {

    private final Settings settings = Examples.settings("service.testing-farm.composes[fedora-9]", "Fedora-Nine");
    private final TestRequests requests = new TestRequests(settings, new Composes(settings));

    private static Job job(String target) {
        return Examples.job("tests", Examples.pullRequest(Examples.PROJECT), List.of(target), Map.of());
    }

    private static TestPlan plan(@Nullable String fmfUrl, String path, Map<String, @Nullable Object> extra) {
        return new TestPlan(
                fmfUrl,
                "stable",
                path,
                null,
                null,
                extra,
                Map.of(),
                false,
                false,
                true,
                "hello",
                "hello-rpm",
                List.of(),
                null);
    }

    @ParameterizedTest
    @CsvSource({
        "fedora-rawhide,   Fedora-Rawhide",
        "fedora-42,        Fedora-42",
        "centos-stream-10, CentOS-Stream-10",
        "centos-7-latest,  CentOS-7-latest",
        "rhel-9,           RHEL-9",
        "fedora-eln,       Fedora-ELN",
        "fedora-9,         Fedora-Nine",
        "Fedora-41-Updated, Fedora-41-Updated"
    })
    void namesTheComposeAsTestingFarmDoes(String distro, String compose) {
        JsonNode request = requests.of(job(distro + "-aarch64"), plan(null, ".", Map.of()), List.of());

        assertThat(request.at("/environments/0/os/compose").asText()).isEqualTo(compose);
        assertThat(request.at("/environments/0/arch").asText()).isEqualTo("aarch64");
        assertThat(request.at("/environments/0/tmt/context/distro").asText()).isEqualTo(distro);
    }

    @ParameterizedTest
    @CsvSource({"/, .", "./, .", "., .", "./plans/, plans", "/tests/unit, tests/unit"})
    void writesTheFolderRelativeToTheRoot(String written, String path) {
        assertThat(requests.of(job("fedora-42-x86_64"), plan(null, written, Map.of()), List.of())
                        .at("/test/tmt/path")
                        .asText())
                .isEqualTo(path);
    }

    @Test
    void takesTheTestsFromTheForkOrFromWhereTheUserSays() {
        JsonNode fork = requests.of(job("fedora-42-x86_64"), plan(null, ".", Map.of()), List.of());
        JsonNode other = requests.of(job("fedora-42-x86_64"), plan("https://x.org/tests", ".", Map.of()), List.of());

        assertThat(fork.at("/test/tmt/url").asText()).isEqualTo("https://github.com/ada/hello");
        assertThat(fork.at("/test/tmt/ref").asText()).isEqualTo(Examples.COMMIT);
        assertThat(other.at("/test/tmt/url").asText()).isEqualTo("https://x.org/tests");
        assertThat(other.at("/test/tmt/ref").asText()).isEqualTo("stable");
    }

    @Test
    void takesTheTestsOfABranchFromTheProject() {
        PushEvent push = Examples.push("pushed", "refs/heads/main", Examples.COMMIT);
        Job job = Examples.job("tests", push, List.of("fedora-42-x86_64"), Map.of());

        JsonNode request = requests.of(job, plan(null, ".", Map.of()), List.of());

        assertThat(request.at("/test/tmt/url").asText()).isEqualTo(Examples.PROJECT.url());
        assertThat(request.at("/environments/0/variables").has("PACKIT_PR_ID")).isFalse();
    }

    @Test
    void mergesWhatTheUserAddsButLeavesItsOwnMarks() {
        Map<String, Object> environment = Map.of(
                "artifacts", List.of(Map.of("id", "extra", "type", "repository")),
                "variables", "none",
                "os", Map.of("compose", "Fedora-Special"),
                "settings", Map.of("pipeline", Map.of("skip_guest_setup", true)));
        Map<String, @Nullable Object> extra = Map.of(
                "environments", List.of(environment, Map.of("arch", "ignored")),
                "settings", Map.of("pipeline", Map.of("timeout", 30)),
                "notification", Map.of("webhook", Map.of("url", "https://thief.example.org")));
        Job job = job("fedora-42-x86_64");
        TestedBuild build = new TestedBuild("1001", "fedora-42-x86_64", "packit/hello", List.of("hello-1-1.x86_64"));

        JsonNode request = requests.of(job, plan(null, ".", extra), List.of(build));

        JsonNode merged = request.at("/environments/0");
        assertThat(merged.path("artifacts")).hasSize(2);
        assertThat(merged.at("/os/compose").asText()).isEqualTo("Fedora-Special");
        assertThat(merged.at("/settings/pipeline/skip_guest_setup").asBoolean()).isTrue();
        assertThat(merged.at("/variables/" + TestRequests.MARKER).asText()).isEqualTo(job.id());
        assertThat(request.path("environments")).hasSize(1);
        assertThat(request.at("/settings/pipeline/timeout").asInt()).isEqualTo(30);
        assertThat(request.has("notification")).isFalse();
    }

    @Test
    void letsTheVariablesOfTheUserWin() {
        TestPlan plan = new TestPlan(
                null,
                null,
                ".",
                null,
                null,
                Map.of(),
                Map.of("PACKIT_PR_ID", "mine"),
                false,
                false,
                true,
                "hello",
                "hello-rpm",
                List.of(),
                null);

        JsonNode variables =
                requests.of(job("fedora-42-x86_64"), plan, List.of()).at("/environments/0/variables");

        List<String> names = new ArrayList<>();
        variables.fieldNames().forEachRemaining(names::add);
        assertThat(variables.path("PACKIT_PR_ID").asText()).isEqualTo("mine");
        assertThat(variables.path("PACKIT_TARGET_BRANCH").asText()).isEqualTo("main");
        assertThat(names)
                .contains("PACKIT_COMMIT_SHA", "PACKIT_SOURCE_URL", "PACKIT_UPSTREAM_NAME", "PACKIT_PACKAGE_NAME");
    }
}
