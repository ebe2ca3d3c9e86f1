package dev.forgeway.flow;

import static dev.forgeway.flow.Flow.eventually;

import dev.forgeway.simulator.TestingFarmSimulator;
import dev.forgeway.simulator.TestingFarmSimulator.Tests;
import java.util.List;

/**
 * What Testing Farm was asked to test of one project.
 *
 * @param project {@code namespace/name}
 */
record TestsStory(TestingFarmSimulator farm, String project) {

    /** A package config that builds for these targets and tests what it built. */
    static String config(String... targets) {
        return PullRequestStory.config(targets) + """
                  - job: tests
                    trigger: pull_request
                    targets: [%s]
                """.formatted(String.join(", ", targets));
    }

    /** The requests in their order, once there are so many; more than these are a failure. */
    List<Tests> requests(int count) {
        List<Tests> found = eventually().until(this::requests, requests -> requests.size() >= count);
        if (found.size() > count) {
            throw new AssertionError("Too many requests: " + found);
        }
        return found;
    }

    List<Tests> requests() {
        return farm.requests().stream()
                .filter(tests -> tests.environment()
                        .at("/variables/PACKIT_FULL_REPO_NAME")
                        .asText()
                        .equals(project))
                .toList();
    }

    /** The request for one distribution, once there is one. */
    Tests on(String compose) {
        return eventually()
                .until(
                        () -> requests().stream()
                                .filter(tests -> tests.environment()
                                        .at("/os/compose")
                                        .asText()
                                        .equals(compose))
                                .toList(),
                        found -> !found.isEmpty())
                .get(0);
    }
}
