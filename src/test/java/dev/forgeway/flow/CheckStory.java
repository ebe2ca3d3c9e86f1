package dev.forgeway.flow;

import static dev.forgeway.flow.Flow.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.simulator.CheckRun;
import dev.forgeway.simulator.GitHubSimulator;
import java.util.List;

/** One check of one commit, as people see it on GitHub. */
record CheckStory(GitHubSimulator github, String repository, String commit, String name) {

    private static final String COMPLETED = "completed";

    /** It waits to be worked on, with this title. */
    CheckStory isEventuallyQueued(String title) {
        return isEventually("queued", title);
    }

    CheckStory isEventuallyInProgress(String title) {
        return isEventually("in_progress", title);
    }

    /** It is over, and this is how. */
    CheckStory isEventually(String conclusion) {
        eventually().untilAsserted(() -> {
            CheckRun run = run();
            assertThat(run.status()).as(name).isEqualTo(COMPLETED);
            assertThat(run.conclusion()).as(name).isEqualTo(conclusion);
        });
        return this;
    }

    private CheckStory isEventually(String status, String title) {
        eventually().untilAsserted(() -> {
            CheckRun run = run();
            assertThat(run.title()).as(name).isEqualTo(title);
            assertThat(run.status()).as(name).isEqualTo(status);
        });
        return this;
    }

    /** The run as it is now; there is only one of a name. */
    CheckRun run() {
        List<CheckRun> runs = github.checkRuns(repository, commit).stream()
                .filter(run -> run.name().equals(name))
                .toList();
        assertThat(runs).as(name).hasSize(1);
        return runs.get(0);
    }

    /** The titles that were shown, oldest first. */
    List<String> titles() {
        return github.checkRunHistory(repository, run().id()).stream()
                .map(run -> String.valueOf(run.title()))
                .toList();
    }
}
