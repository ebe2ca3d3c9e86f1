package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.forgeway.simulator.CommitStatus;
import dev.forgeway.simulator.IssueComment;
import dev.forgeway.simulator.KojiSimulator.Task;
import dev.forgeway.simulator.PagureSimulator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** Stories of a pull request of ada's to the branch f45 of a package in dist-git, which grace maintains. */
abstract class DistGitPullRequestFlow extends Flow {

    static final int NUMBER = 3;

    final String name;
    final String project;
    final String head = commit();
    PagureSimulator pagure;

    /** @param name of the package, one for each story */
    DistGitPullRequestFlow(String name) {
        this.name = name;
        this.project = "rpms/" + name;
    }

    static String commit() {
        return (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "").substring(0, 40);
    }

    @BeforeEach
    void isProposed() {
        pagure = world.pagure;
        pagure.addProject(project, false);
        api.allow("127.0.0.1/" + project, "approved-manually");
        pagure.addMember(project, "grace", "commit");
        pagure.addPullRequest(project, NUMBER, head, "ada", "fork/ada/" + project, "f45");
    }

    DeliveryStory says(String account, String text) {
        return DeliveryStory.accepted(
                api,
                pagure.send(api.webhooks("pagure"), World.SECRET, pagure.commented(project, NUMBER, account, text)));
    }

    List<Task> tasks() {
        return koji.tasks().stream()
                .filter(task -> task.source().contains("/" + name + ".git#"))
                .toList();
    }

    void isShown(String check, String state) {
        eventually()
                .untilAsserted(() -> assertThat(pagure.statuses(project, head))
                        .extracting(CommitStatus::name, CommitStatus::state)
                        .contains(tuple(check, state)));
    }

    void isAnswered(String... parts) {
        eventually()
                .untilAsserted(() -> assertThat(pagure.comments(project, NUMBER))
                        .extracting(IssueComment::body)
                        .anySatisfy(answer -> assertThat(answer).contains(parts)));
    }
}
