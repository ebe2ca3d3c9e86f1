package dev.forgeway.service.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.simulator.DistGitSimulator;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitCloneTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final DistGitSimulator distGit = new DistGitSimulator();
    private URI url;

    @TempDir
    Path folder;

    @BeforeEach
    void haveAPackage() {
        distGit.packageFiles("hello", "f45", Map.of("hello.spec", "Version: 1"));
        url = distGit.url().resolve("/rpms/hello.git");
    }

    @AfterEach
    void stop() {
        distGit.close();
    }

    @Test
    void saysThatARepositoryIsTooSlow() {
        assertThatThrownBy(
                        () -> GitClone.of(url, "f45", folder, new CloneLimits(folder, Duration.ZERO, LONG.toNanos())))
                .isInstanceOf(UserErrorException.class)
                .hasMessage(url + " is too large or too slow to be cloned");
    }

    @Test
    void takesARefusedTokenForOurs() {
        try (GitClone clone = GitClone.of(url, "f45", folder)) {
            assertThat(clone.commit("Change nothing", "Ada", "ada@example.org", Instant.EPOCH))
                    .isFalse();

            assertThatThrownBy(() -> clone.push(
                            url,
                            "new",
                            new GitClone.Login("forgeway-bot", "expired", "forgeway.service.dist-git.token")))
                    .isInstanceOf(TransientException.class)
                    .hasMessageContaining("did not let forgeway-bot push: check forgeway.service.dist-git.token");
        }
    }

    @Test
    void saysThatThereIsNoSuchBranchOrRepository() {
        assertThatThrownBy(() -> GitClone.of(url, "f46", folder))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("f46");
        assertThatThrownBy(() -> GitClone.of(distGit.url().resolve("/rpms/other.git"), "f45", folder.resolve("b")))
                .isInstanceOf(UserErrorException.class)
                .hasMessageStartingWith("There is no repository at ");
    }
}
