package dev.forgeway.bench;

import java.io.IOException;
import java.util.List;

/** How long somebody waits while the jobs of somebody else's storm are worked on. */
final class JobStorm {

    private final int jobs;

    JobStorm(boolean quick) {
        this.jobs = quick ? 3000 : 10_000;
    }

    void run(Results results) throws IOException, InterruptedException {
        List<String> numbers = List.of(Integer.toString(jobs));
        try (ServerProcess process = new ServerProcess(JobStormServer.class, numbers)) {
            process.awaitEnd();
            results.table("A storm of %d jobs of one namespace".formatted(jobs), "", "seconds");
            results.row("command of an active user, until its jobs are done", text(process, "active-user"));
            results.row("pull request of a new user, until its jobs are done", text(process, "new-user"));
            results.row("until the storm is over", text(process, "storm"));
            results.table("Jobs of the storm", "", "jobs");
            results.row("done when the two were served", "%.0f".formatted(process.number("done-meanwhile")));
            results.row("done in the end", "%.0f".formatted(process.number("done")));
        }
    }

    private static String text(ServerProcess process, String key) {
        return "%.2f".formatted(process.number(key));
    }
}
