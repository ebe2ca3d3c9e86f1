package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.GitHubIssue;
import dev.forgeway.simulator.HttpSimulator;
import dev.forgeway.simulator.IssueComment;
import dev.forgeway.simulator.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The GitHub App is installed on an account that nobody knows, until its repositories are built, and removed again. */
@FlowTest
class InstallationFlowTest extends Flow {

    private final String account = "inst-" + UUID.randomUUID().toString().substring(0, 8);
    private final String installer = account + "-owner";
    private final String repository = account + "/hello";
    private long id;

    @BeforeEach
    void haveAnAccountWithARepository() {
        github.addRepository(World.APPROVALS, false).addRepository(repository, false);
        id = github.installationId(repository);
    }

    private DeliveryStory happens(String action) {
        return DeliveryStory.accepted(
                api, webhooks.send(webhooks.installation(action, account, id, installer, List.of(repository))));
    }

    private DeliveryStory comments(int issue, String author, String text) {
        return DeliveryStory.accepted(api, webhooks.send(webhooks.comment(World.APPROVALS, issue, author, text)));
    }

    private JsonNode project() {
        return api.get("/api/projects/github.com/" + repository).json();
    }

    private List<GitHubIssue> issues() {
        return github.issues(World.APPROVALS).stream()
                .filter(issue -> issue.title().startsWith(account + " "))
                .toList();
    }

    private GitHubIssue installedAndAsked() {
        happens("created").jobIsEventually("succeeded");
        return issues().get(0);
    }

    private String answerTo(int issue, int comments) {
        List<IssueComment> found =
                eventually().until(() -> github.comments(World.APPROVALS, issue), all -> all.size() == comments);
        return found.get(comments - 1).body();
    }

    @Test
    void waitsUntilWhoInstalledItProvesToHaveAFedoraAccount() {
        world.fas.user("fedora-" + account, installer);
        GitHubIssue issue = installedAndAsked();

        assertThat(issue.body())
                .contains("@" + installer, "`/packit verify-fas <your Fedora account>`", "github.com/" + account);
        assertThat(project().path("allowlist").asText()).isEqualTo("waiting");
        assertThat(project().at("/installation/approvalIssue").asText())
                .isEqualTo("https://github.com/" + World.APPROVALS + "/issues/" + issue.number());
        PullRequestStory early = pullRequest(account, false).brings(PullRequestStory.config("fedora-rawhide"));
        early.opens().isEventually("filtered", "namespace-not-approved");

        comments(issue.number(), installer, "/packit verify-fas fedora-" + account)
                .jobIsEventually("succeeded");

        assertThat(answerTo(issue.number(), 2)).contains("`" + account + "` is approved");
        assertThat(issues()).extracting(GitHubIssue::state).containsExactly("closed");
        assertThat(project().path("allowlist").asText()).isEqualTo("approved-automatically");
        PullRequestStory late = pullRequest(account, false).brings(PullRequestStory.config("fedora-rawhide"));
        late.opens().isEventually("dispatched");

        happens("suspend").jobIsEventually("succeeded");
        assertThat(project().at("/installation/state").asText()).isEqualTo("suspended");
        happens("unsuspend").jobIsEventually("succeeded");
        assertThat(project().at("/installation/state").asText()).isEqualTo("active");
        happens("deleted").jobIsEventually("succeeded");
        assertThat(project().at("/installation/state").asText()).isEqualTo("removed");
        assertThat(project().path("why").asText()).contains("github.com/" + account + " was removed");
    }

    @Test
    void asksOnceHoweverOftenItIsInstalledAndEvenWhenTheAnswerOfGitHubIsLost() {
        github.faults().dropAfter("POST /repos/{owner}/{repo}/issues", 1);

        happens("created").jobIsEventually("succeeded");
        happens("deleted").jobIsEventually("succeeded");
        id++;
        happens("created").jobIsEventually("succeeded");

        assertThat(issues()).hasSize(1);
        assertThat(project().at("/installation/state").asText()).isEqualTo("active");
        assertThat(project().at("/installation/installedBy").asText()).isEqualTo(installer);
    }

    @Test
    void asksAndApprovesOnceWhileEveryFifthCallFails() {
        world.fas.user("fedora-" + account, installer);
        for (HttpSimulator service : List.of(world.fas, github)) {
            service.faults().failRandomly(0.2, 5, Response.json(503, Map.of("message", "Try again later")));
        }
        GitHubIssue issue = installedAndAsked();

        comments(issue.number(), installer, "/packit verify-fas fedora-" + account)
                .jobIsEventually("succeeded");

        assertThat(answerTo(issue.number(), 2)).contains("`" + account + "` is approved");
        assertThat(issues()).extracting(GitHubIssue::state).containsExactly("closed");
        assertThat(project().path("allowlist").asText()).isEqualTo("approved-automatically");
        for (HttpSimulator service : List.of(world.fas, github)) {
            assertThat(service.calls("")).anyMatch(call -> call.status() == 503);
        }
    }

    @Test
    void approvesWhoseFedoraAccountHasTheSameName() {
        world.fas.user(account, installer.toUpperCase(java.util.Locale.ROOT));

        happens("created").jobIsEventually("succeeded");

        assertThat(project().path("allowlist").asText()).isEqualTo("approved-automatically");
        assertThat(issues()).isEmpty();
    }

    @Test
    void leavesWhatAnOperatorDecidedAsItIs() {
        world.fas.user(account, installer);
        api.allow("github.com/" + account, "denied");

        happens("created").jobIsEventually("succeeded");

        assertThat(project().path("allowlist").asText()).isEqualTo("denied");
        assertThat(issues()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            owner    | fedora-nobody  | There is no Fedora account
            owner    | fedora-secret  | names no account on GitHub that others may see
            owner    | fedora-other   | names another account on GitHub
            stranger | fedora-other   | Only
            """)
    void saysWhatToCorrect(String author, String username, String answer) {
        world.fas.user("fedora-secret", null).user("fedora-other", "stranger");
        GitHubIssue issue = installedAndAsked();
        String login = author.equals("owner") ? installer : author;

        comments(issue.number(), login, "/packit verify-fas " + username).jobIsEventually("skipped");

        assertThat(answerTo(issue.number(), 2)).contains(answer);
        assertThat(project().path("allowlist").asText()).isEqualTo("waiting");
        assertThat(issues()).extracting(GitHubIssue::state).containsExactly("open");
    }

    @Test
    void saysSoWhereNobodyWaits() {
        github.addIssue(repository, 7, "What is this?");

        DeliveryStory.accepted(
                        api, webhooks.send(webhooks.comment(repository, 7, installer, "/packit verify-fas " + account)))
                .jobIsEventually("skipped");

        List<IssueComment> found = eventually().until(() -> github.comments(repository, 7), all -> all.size() == 2);
        assertThat(found.get(1).body()).contains("about no account that waits for approval");
    }

    @Test
    void claimsNothingOfARepositoryOfWhichNoEventCame() {
        happens("created").jobIsEventually("succeeded");
        api.allow("github.com/" + account, "approved-manually");

        assertThat(project().path("why").asText())
                .startsWith("No event of it is known")
                .doesNotContain("config");
    }

    @Test
    void keepsTheRepositoriesThatAreAddedAndRemoved() {
        happens("created").jobIsEventually("succeeded");
        List<String> other = List.of(account + "/world", account + "/moon");

        DeliveryStory.accepted(api, webhooks.send(webhooks.installation("added", account, id, installer, other)))
                .jobIsEventually("succeeded");
        assertThat(project().at("/installation/repositories").asInt()).isEqualTo(3);

        DeliveryStory.accepted(
                        api,
                        webhooks.send(webhooks.installation("removed", account, id, installer, other.subList(0, 1))))
                .jobIsEventually("succeeded");
        assertThat(project().at("/installation/repositories").asInt()).isEqualTo(2);
    }
}
