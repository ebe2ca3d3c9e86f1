package dev.forgeway.flow;

import static dev.forgeway.flow.Flow.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.simulator.CommitStatus;
import dev.forgeway.simulator.CoprSimulator.Build;
import dev.forgeway.simulator.IssueComment;
import dev.forgeway.simulator.TokenForgeSimulator;
import dev.forgeway.simulator.WebhookDelivery;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** One pull request on a forge other than GitHub: what people do with it, and what they see of it. */
final class OtherForgeStory {

    static final String AUTHOR = "ada";

    private static final AtomicInteger NUMBERS = new AtomicInteger(100);

    private final World world;
    private final Api api;
    private final String source;
    private final TokenForgeSimulator forge;
    private final String project;
    private final String branchIn;
    private final int number = NUMBERS.incrementAndGet();
    private final String head = commit();

    /**
     * @param namespace the project's; the project is a new one
     * @param fork the namespace of the fork that the branch is in, or the project's own
     */
    OtherForgeStory(World world, Api api, String source, TokenForgeSimulator forge, String namespace, String fork) {
        this.world = world;
        this.api = api;
        this.source = source;
        this.forge = forge;
        this.project = (namespace.isEmpty() ? "" : namespace + "/") + "hello" + number;
        this.branchIn = fork + "/hello" + number;
        forge.addProject(project, false);
        forge.addPullRequest(project, number, head, AUTHOR, branchIn);
    }

    /** Only some people may see the project. */
    OtherForgeStory inAPrivateProject() {
        forge.addProject(project, true);
        forge.addPullRequest(project, number, head, AUTHOR, branchIn);
        return this;
    }

    /** The head has a package config that asks for builds for these targets. */
    OtherForgeStory builtFor(String... targets) {
        forge.putFile(project, head, ".packit.yaml", PullRequestStory.config(targets));
        return this;
    }

    OtherForgeStory brings(String path, String text) {
        forge.putFile(project, head, path, text);
        return this;
    }

    OtherForgeStory labelled(String... labels) {
        forge.label(project, number, labels);
        return this;
    }

    DeliveryStory opens() {
        return delivers(forge.opened(project, number));
    }

    /** The head comes to the main branch. */
    DeliveryStory isPushedToMain() {
        return delivers(forge.pushed(project, "main", "b".repeat(40), head));
    }

    /** A commit whose only file is this one comes to the main branch. */
    DeliveryStory isPushed(String before, String after, String path, String text) {
        forge.putFile(project, after, path, text);
        return delivers(forge.pushed(project, "main", before, after));
    }

    /** One that nobody knows yet. */
    static String commit() {
        return (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "").substring(0, 40);
    }

    DeliveryStory isReleased(String tag) {
        return delivers(forge.released(project, tag, head));
    }

    /** The only build of a branch, or of releases, once Copr has it. */
    Build buildOf(String what) {
        String coprProject = "127.0.0.1-" + project.replace('/', '-') + "-" + what;
        return eventually()
                .until(
                        () -> world.copr.builds().stream()
                                .filter(build -> build.projectname().equals(coprProject))
                                .toList(),
                        found -> found.size() == 1)
                .get(0);
    }

    DeliveryStory isCommentedBy(String author, String text) {
        return delivers(forge.commented(project, number, author, text));
    }

    /** The newest commit of the default branch has a package config that asks for builds for these targets. */
    OtherForgeStory mainBuiltFor(String... targets) {
        forge.putFile(project, "main", ".packit.yaml", PullRequestStory.config(targets));
        return this;
    }

    DeliveryStory issueIsCommentedBy(String author, String text) {
        return delivers(forge.commentedOnIssue(project, issue(), author, text));
    }

    List<IssueComment> commentsOnIssue() {
        return forge.comments(project, issue());
    }

    private int issue() {
        return number + 5000;
    }

    DeliveryStory delivers(WebhookDelivery delivery) {
        return DeliveryStory.accepted(api, forge.send(api.webhooks(source), World.SECRET, delivery));
    }

    /** The builds in their order, once there are so many. */
    List<Build> builds(int count) {
        return eventually().until(this::builds, found -> found.size() == count);
    }

    List<Build> builds() {
        String coprProject = "127.0.0.1-" + project.replace('/', '-') + "-" + number;
        return world.copr.builds().stream()
                .filter(build -> build.projectname().equals(coprProject))
                .toList();
    }

    /** The status of this name, where the forge shows it for this pull request, is this in the end. */
    void statusIsEventually(String where, String name, String state) {
        eventually()
                .untilAsserted(() -> assertThat(forge.statuses(where, head))
                        .filteredOn(status -> status.name().equals(name))
                        .singleElement()
                        .extracting(CommitStatus::state)
                        .isEqualTo(state));
    }

    void statusIsEventually(String name, String state) {
        statusIsEventually(project, name, state);
    }

    List<CommitStatus> statusHistory() {
        return forge.statusHistory(project, head);
    }

    List<IssueComment> comments() {
        return forge.comments(project, number);
    }

    String project() {
        return project;
    }

    int number() {
        return number;
    }

    String fork() {
        return branchIn;
    }

    String head() {
        return head;
    }
}
