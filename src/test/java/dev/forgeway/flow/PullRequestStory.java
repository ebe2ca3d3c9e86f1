package dev.forgeway.flow;

import static dev.forgeway.flow.Flow.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.simulator.CheckRun;
import dev.forgeway.simulator.CoprSimulator.Build;
import dev.forgeway.simulator.GitHubWebhooks;
import dev.forgeway.simulator.IssueComment;
import dev.forgeway.simulator.WebhookDelivery;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** One pull request: what people do with it, and what they see of it. */
final class PullRequestStory {

    static final String AUTHOR = "lbarcziova";

    private final World world;
    private final Api api;
    private final GitHubWebhooks webhooks;
    private final String repository;
    private final int number;
    private String head = newCommit();

    PullRequestStory(World world, Api api, GitHubWebhooks webhooks, String repository, int number) {
        this(world, api, webhooks, repository, number, AUTHOR);
    }

    PullRequestStory(World world, Api api, GitHubWebhooks webhooks, String repository, int number, String author) {
        this.world = world;
        this.api = api;
        this.webhooks = webhooks;
        this.repository = repository;
        this.number = number;
        world.github.addPullRequest(repository, number, head, author, "topic", "main");
    }

    /** A package config with one job that builds for these targets. */
    static String config(String... targets) {
        return """
                specfile_path: hello.spec
                jobs:
                  - job: copr_build
                    trigger: pull_request
                    targets: [%s]
                """.formatted(String.join(", ", targets));
    }

    /** A package config with several such jobs, told apart by their identifiers. */
    static String configOfJobs(int count, String... targets) {
        StringBuilder config = new StringBuilder("specfile_path: hello.spec\njobs:\n");
        for (int i = 1; i <= count; i++) {
            config.append("  - {job: copr_build, trigger: pull_request, identifier: j%d, targets: [%s]}\n"
                    .formatted(i, String.join(", ", targets)));
        }
        return config.toString();
    }

    private static String newCommit() {
        return (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "").substring(0, 40);
    }

    /** The head of the pull request has this package config. */
    PullRequestStory brings(String config) {
        return brings(".packit.yaml", config);
    }

    PullRequestStory brings(String path, String text) {
        world.github.putFile(repository, head, path, text);
        return this;
    }

    /** The branch has a new head, about which no delivery was sent. */
    PullRequestStory moves() {
        head = newCommit();
        world.github.moveHead(repository, number, head);
        return this;
    }

    DeliveryStory opens() {
        return delivers(opening());
    }

    /** The delivery about its opening, not sent yet. */
    WebhookDelivery opening() {
        return webhooks.pullRequest("opened", repository, number);
    }

    DeliveryStory reopens() {
        return delivers(webhooks.pullRequest("reopened", repository, number));
    }

    /** Commits are pushed; the new head has this package config. */
    DeliveryStory isPushed(String config) {
        String before = head;
        head = newCommit();
        brings(config);
        return delivers(webhooks.synchronize(repository, number, before, head));
    }

    DeliveryStory isCommented(String text) {
        return isCommentedBy(AUTHOR, text);
    }

    DeliveryStory isCommentedBy(String author, String text) {
        return delivers(webhooks.comment(repository, number, author, text));
    }

    DeliveryStory delivers(WebhookDelivery delivery) {
        return DeliveryStory.accepted(api, webhooks.send(delivery));
    }

    CheckStory check(String name) {
        return new CheckStory(world.github, repository, head, name);
    }

    CheckStory rpmBuild(String chroot) {
        return check("rpm-build:" + chroot);
    }

    /** All check runs of the head. */
    List<CheckRun> checkRuns() {
        return world.github.checkRuns(repository, head);
    }

    List<IssueComment> comments() {
        return world.github.comments(repository, number);
    }

    /** What Forgeway said in it. */
    List<IssueComment> answers() {
        return comments().stream()
                .filter(comment -> comment.body().contains("forgeway:"))
                .toList();
    }

    /** So many builds of two chroots each came to a good end, and so many answers were given; nothing is there twice. */
    void isShownOnce(int builds, int answers) {
        assertThat(builds()).as("builds of " + repository).hasSize(builds);
        assertThat(answers()).as("answers in " + repository).hasSize(answers);
        assertThat(checkRuns())
                .as("checks of " + repository)
                .hasSize(builds * 2)
                .allMatch(run -> "success".equals(run.conclusion()));
    }

    /** The only build, once Copr has it. */
    Build build() {
        return builds(1).get(0);
    }

    /** The builds in their order, once there are so many; more than these are a failure. */
    List<Build> builds(int count) {
        List<Build> builds = eventually().until(this::builds, found -> found.size() >= count);
        if (builds.size() > count) {
            throw new AssertionError("Too many builds: " + builds);
        }
        return builds;
    }

    List<Build> builds() {
        return world.copr.builds().stream()
                .filter(build -> (build.projectname() + "-").startsWith(coprProject() + "-"))
                .toList();
    }

    /** The projects in Copr that the builds of {@link #configOfJobs} go to. */
    List<String> coprProjects(int jobs) {
        return IntStream.rangeClosed(1, jobs)
                .mapToObj(job -> coprProject() + "-j" + job)
                .toList();
    }

    /** The project in Copr that its builds go to. */
    String coprProject() {
        return repository.replace('/', '-') + "-" + number;
    }

    String repository() {
        return repository;
    }

    int number() {
        return number;
    }

    String head() {
        return head;
    }
}
