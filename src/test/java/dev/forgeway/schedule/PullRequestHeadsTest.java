package dev.forgeway.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.forge.github.GitHubFeed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PullRequestHeadsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PullRequestHeads UP_TO_9 = new PullRequestHeads(9, true, Map.of());

    /** Numbers and heads, those that changed last first. */
    private static ArrayNode pulls(Object... numbersAndHeads) {
        ArrayNode pulls = JSON.createArrayNode();
        for (int i = 0; i < numbersAndHeads.length; i += 2) {
            ObjectNode pull = pulls.addObject();
            pull.put("number", (Integer) numbersAndHeads[i]);
            pull.putObject("head").put("sha", (String) numbersAndHeads[i + 1]);
            pull.putObject("base").putObject("repo").put("full_name", "sandstone/hello");
            pull.putObject("user").put("login", "mira");
        }
        return pulls;
    }

    private static List<String> told(PullRequestHeads before, ArrayNode pulls) {
        return before.changes(pulls).stream()
                .map(change -> change.body().path("action").asText() + " "
                        + change.body().path("number").asText())
                .toList();
    }

    @Test
    void tellsNewPullRequestsAndNewCommitsInTheirOrder() {
        PullRequestHeads before = PullRequestHeads.in(pulls(7, "a", 5, "b", 6, "c"), null);

        assertThat(told(before, pulls(8, "d", 5, "e", 7, "a", 6, "c"))).containsExactly("synchronize 5", "opened 8");
    }

    @Test
    void saysWhichCommitsItSaw() {
        PolledDelivery change =
                PullRequestHeads.in(pulls(5, "b"), null).changes(pulls(5, "e")).get(0);

        assertThat(change.body().path("before").asText()).isEqualTo("b");
        assertThat(change.body().path("after").asText()).isEqualTo("e");
        assertThat(change.body().at("/sender/login").asText()).isEqualTo("mira");
        assertThat(change.body().at("/repository/full_name").asText()).isEqualTo("sandstone/hello");
    }

    @Test
    void knowsAReopenedOneByItsNumber() {
        PullRequestHeads before = PullRequestHeads.in(pulls(7, "a"), UP_TO_9);

        assertThat(told(before, pulls(8, "d", 7, "a"))).containsExactly("reopened 8");
    }

    @Test
    void doesNotGuessWhereItNeverSawAllOpenOnes() {
        PullRequestHeads before = PullRequestHeads.in(fullPage(100), null);

        assertThat(told(before, pulls(50, "old", 300, "new"))).containsExactly("opened 300");
    }

    @Test
    void tellsNewCommitsOfOneThatWasQuietWhileAHundredChanged() {
        PullRequestHeads first = PullRequestHeads.in(fullPage(100), null);
        PullRequestHeads second = PullRequestHeads.in(fullPage(101), first);

        assertThat(told(second, pulls(100, "pushed"))).containsExactly("synchronize 100");
        assertThat(told(second, pulls(100, "head100"))).as("commented on").isEmpty();
    }

    private static ArrayNode fullPage(int first) {
        Object[] many = new Object[2 * GitHubFeed.PAGE];
        for (int i = 0; i < GitHubFeed.PAGE; i++) {
            many[2 * i] = first + i;
            many[2 * i + 1] = "head" + (first + i);
        }
        return pulls(many);
    }

    @Test
    void remembersAllOfItAsText() {
        PullRequestHeads heads = PullRequestHeads.in(pulls(7, "a", 5, "b"), UP_TO_9);

        assertThat(PullRequestHeads.read(heads.write())).isEqualTo(heads);
    }
}
