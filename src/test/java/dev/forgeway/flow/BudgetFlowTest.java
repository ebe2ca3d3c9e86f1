package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forgeway.simulator.Call;
import dev.forgeway.simulator.CheckRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** GitHub's limits are enforced, and many people want something at once. A minute of GitHub's is short here. */
@FlowTest
class BudgetFlowTest extends Flow {

    private static final int PULL_REQUESTS = 50;
    private static final List<String> TARGETS =
            List.of("fedora-rawhide", "fedora-rawhide-aarch64", "epel-10", "epel-10-aarch64");
    private static final String NAMESPACE = "budget";

    @Test
    void showsTheNewestStateOfEveryCheckOfFiftyPullRequestsInsideTheLimits() {
        api.allow("github.com/" + NAMESPACE, "approved-manually");
        List<PullRequestStory> pullRequests = new ArrayList<>();
        for (int i = 0; i < PULL_REQUESTS; i++) {
            pullRequests.add(
                    pullRequest(NAMESPACE, false).brings(PullRequestStory.config(TARGETS.toArray(String[]::new))));
        }
        github.forgetCalls();
        github.enforceLimits(Haste.MINUTE).rateLimit(450, Duration.ofSeconds(5));

        List<DeliveryStory> opened =
                pullRequests.stream().map(PullRequestStory::opens).toList();
        for (PullRequestStory pullRequest : pullRequests) {
            copr.finishBuild(pullRequest.build().id(), true);
        }
        opened.forEach(delivery -> delivery.jobIsEventually("succeeded"));

        for (PullRequestStory pullRequest : pullRequests) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(pullRequest.checkRuns())
                            .hasSize(TARGETS.size())
                            .extracting(CheckRun::conclusion)
                            .containsOnly("success"));
        }
        List<Call> calls = github.calls();
        assertThat(calls.stream().filter(BudgetFlowTest::isWrite).count())
                .as("more than the points of a minute")
                .isGreaterThan(180);
        assertThat(refusedTwiceInARow(calls)).isEmpty();
    }

    private static boolean isWrite(Call call) {
        return call.target().startsWith("/repos/") && !call.method().equals("GET");
    }

    private static boolean isRefused(Call call) {
        return call.status() == 403 || call.status() == 429;
    }

    /** Those calls of which a limit refused two one after another. */
    private static List<String> refusedTwiceInARow(List<Call> calls) {
        Map<String, List<Call>> byWhat = calls.stream()
                .collect(Collectors.groupingBy(
                        call -> call.method() + " " + call.target() + " " + call.body(), Collectors.toList()));
        List<String> found = new ArrayList<>();
        byWhat.forEach((what, same) -> {
            for (int i = 1; i < same.size(); i++) {
                if (isRefused(same.get(i)) && isRefused(same.get(i - 1))) {
                    found.add(what);
                }
            }
        });
        return found;
    }
}
