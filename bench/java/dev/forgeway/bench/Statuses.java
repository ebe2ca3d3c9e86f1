package dev.forgeway.bench;

import dev.forgeway.simulator.BusSimulator;
import dev.forgeway.simulator.CheckRun;
import dev.forgeway.simulator.CoprSimulator;
import dev.forgeway.simulator.GitHubSimulator;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** How soon people see something of a pull request with many targets on a GitHub that takes its time, and how often. */
final class Statuses {

    private static final Duration CALL_TAKES = Duration.ofMillis(350);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int WARM_UP = 3;
    private static final String COPR_OWNER = "bench";
    private static final List<String> TARGETS = Stream.of(
                    "fedora-rawhide", "fedora-44", "fedora-43", "fedora-42", "epel-10", "epel-9")
            .flatMap(
                    system -> Stream.of("x86_64", "aarch64", "ppc64le", "s390x").map(arch -> system + "-" + arch))
            .toList();

    private final int runs;

    Statuses(boolean quick) {
        this.runs = quick ? 1 : 5;
    }

    private record Run(double first, double all, double mostCalls) {}

    /** An installation of its own for each pull request, so that none waits for the budget of another. */
    static String namespace(int number) {
        return "bench" + number;
    }

    void run(Results results) throws Exception {
        List<Run> measured = new ArrayList<>();
        try (BusSimulator bus = new BusSimulator();
                CoprSimulator copr = new CoprSimulator(bus).user(COPR_OWNER).stepByHand();
                GitHubSimulator github = new GitHubSimulator();
                ServerProcess server = server(github, copr, bus)) {
            server.awaitReady();
            github.faults().delay("POST /repos/{owner}/{repo}/check-runs", CALL_TAKES);
            github.faults().delay("PATCH /repos/{owner}/{repo}/check-runs", CALL_TAKES);
            URI target = URI.create("http://127.0.0.1:" + server.port() + "/webhooks/github");
            for (int i = 0; i < WARM_UP + runs; i++) {
                Run run = story(github, copr, target, i);
                if (i >= WARM_UP) {
                    measured.add(run);
                }
            }
        }
        results.table(
                "A pull request with %d targets, %d ms for each call about a check, median of %d"
                        .formatted(TARGETS.size(), CALL_TAKES.toMillis(), runs),
                "",
                "");
        results.row("webhook to the first check, ms (target: at most 600)", text(Median.of(measured, Run::first)));
        results.row("webhook to all checks, ms (target: at most 1500)", text(Median.of(measured, Run::all)));
        results.row(
                "calls about a check until it ends, at most (target: 2)", text(Median.of(measured, Run::mostCalls)));
    }

    private ServerProcess server(GitHubSimulator github, CoprSimulator copr, BusSimulator bus) throws Exception {
        return new ServerProcess(
                StatusServer.class,
                List.of(Integer.toString(WARM_UP + runs)),
                "--forgeway.forge.github.api-url=" + github.url(),
                "--forgeway.forge.github.app-id=" + github.appId(),
                "--forgeway.forge.github.private-key=" + github.privateKeyPem(),
                "--forgeway.ingest.amqp.url=" + bus.url(),
                "--forgeway.ingest.amqp.addresses=" + bus.queue(),
                "--forgeway.service.copr.url=" + copr.url(),
                "--forgeway.service.copr.login=" + copr.login(),
                "--forgeway.service.copr.token=" + copr.token(),
                "--forgeway.service.copr.owner=" + COPR_OWNER);
    }

    private static Run story(GitHubSimulator github, CoprSimulator copr, URI target, int number) {
        String repository = namespace(number) + "/hello";
        String commit = "%040x".formatted(number + 1);
        github.addRepository(repository, false);
        github.addPullRequest(repository, 1, commit, "lbarcziova", "topic", "main");
        github.putFile(repository, commit, ".packit.yaml", """
                specfile_path: hello.spec
                jobs:
                  - job: copr_build
                    trigger: pull_request
                    targets: [%s]
                """.formatted(String.join(", ", TARGETS)));
        var webhooks = github.webhooks(target, Webhook.SECRET);
        var delivery = webhooks.pullRequest("opened", repository, 1);
        int builds = copr.builds().size();
        long sent = System.nanoTime();
        webhooks.send(delivery);
        double first =
                millisUntil(sent, () -> !github.checkRuns(repository, commit).isEmpty());
        double all =
                millisUntil(sent, () -> github.checkRuns(repository, commit).size() == TARGETS.size());
        millisUntil(sent, () -> copr.builds().size() > builds);
        copr.finishBuild(copr.builds().get(builds).id(), true);
        millisUntil(
                sent,
                () -> github.checkRuns(repository, commit).stream()
                        .map(CheckRun::conclusion)
                        .allMatch("success"::equals));
        int mostCalls = github.checkRuns(repository, commit).stream()
                .mapToInt(
                        check -> github.checkRunHistory(repository, check.id()).size())
                .max()
                .orElseThrow();
        return new Run(first, all, mostCalls);
    }

    private static double millisUntil(long since, BooleanSupplier reached) {
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() - since > PATIENCE.toNanos()) {
                throw new IllegalStateException("it took too long");
            }
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
        return (System.nanoTime() - since) / 1e6;
    }

    private static String text(double value) {
        return "%.0f".formatted(value);
    }
}
