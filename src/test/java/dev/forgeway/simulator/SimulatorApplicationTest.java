package dev.forgeway.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorApplicationTest {

    @Test
    void isFilledAndAskedFromAnotherProcess(@TempDir Path folder) throws Exception {
        Path key = folder.resolve("app.pem");
        try (SimulatorApplication simulators =
                new SimulatorApplication("--github-key-file=" + key, "--bus-queue=fedora")) {
            Http control = new Http(simulators.gitHub(), "");
            control.post("/_simulator/repositories", "{\"name\":\"o/r\"}");
            control.post(
                    "/_simulator/pull-requests",
                    "{\"repository\":\"o/r\",\"number\":1,\"headSha\":\"abc\",\"headOwner\":\"o\",\"headRef\":\"t\",\"baseRef\":\"main\"}");
            control.post(
                    "/_simulator/files",
                    "{\"repository\":\"o/r\",\"commit\":\"abc\",\"path\":\".packit.yaml\",\"text\":\"jobs: []\"}");
            AppTokens.caller(simulators.gitHub(), "o/r")
                    .post("/repos/o/r/check-runs", "{\"name\":\"build\",\"head_sha\":\"abc\"}");
            assertThat(control.get("/_simulator/check-runs?repository=o/r&sha=abc")
                            .json()
                            .at("/0/name")
                            .asText())
                    .isEqualTo("build");
            assertThat(control.get("/_simulator/builds").body()).isEqualTo("[]");
            assertThat(Files.readString(key)).isEqualTo(simulators.gitHub().privateKeyPem());
            assertThat(simulators.readyLine())
                    .startsWith("ready github=http://127.0.0.1:")
                    .contains("bus-queue=fedora");
        }
    }
}
