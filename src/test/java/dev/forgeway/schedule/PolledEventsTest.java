package dev.forgeway.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forgeway.decide.parse.GitHubParser;
import dev.forgeway.event.CommitCommentEvent;
import dev.forgeway.event.Event;
import dev.forgeway.event.PullRequestEvent;
import dev.forgeway.event.PushEvent;
import dev.forgeway.event.ReleaseEvent;
import dev.forgeway.ingest.Delivery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolledEventsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REPOSITORY =
            "{'full_name':'sandstone/hello','html_url':'https://github.com/sandstone/hello','private':false}";

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static JsonNode event(String type, String payload) {
        return json("{'id':'41','type':'%s','actor':{'login':'mira'},'created_at':'2025-12-01T08:00:00Z','payload':%s}"
                .formatted(type, payload));
    }

    /** As the rest of the way understands it. */
    private static Event understood(JsonNode event) {
        PolledDelivery told = PolledEvents.delivery(event, json(REPOSITORY)).orElseThrow();
        byte[] body = told.body().toString().getBytes(StandardCharsets.UTF_8);
        return new GitHubParser()
                .parse(new Delivery("id", "github", told.key(), told.event(), Instant.EPOCH, Map.of(), body, List.of()))
                .orElseThrow();
    }

    @Test
    void understandsAPullRequestOfWhichLittleIsLeft() {
        var opened = (PullRequestEvent) understood(event(
                "PullRequestEvent",
                "{'action':'opened','number':12,'pull_request':{'number':12,'base':{'ref':'main','sha':'b'},"
                        + "'head':{'ref':'topic','sha':'a','repo':{'id':1,'name':'fork',"
                        + "'url':'https://api.github.com/repos/mira/fork'}}}}"));

        assertThat(opened.pullRequest().sourceNamespace()).isEqualTo("mira");
        assertThat(opened.pullRequest().sourceName()).isEqualTo("fork");
        assertThat(opened.commit()).isEqualTo("a");
        assertThat(opened.actor()).isEqualTo("mira");
        assertThat(opened.project().key()).isEqualTo("github.com/sandstone/hello");
        assertThat(opened.project().visibility()).isEqualTo("public");
        assertThat(opened.occurredAt()).isEqualTo("2025-12-01T08:00:00Z");
    }

    @Test
    void understandsAPullRequestFromADeletedFork() {
        var opened = (PullRequestEvent) understood(event(
                "PullRequestEvent",
                "{'action':'opened','number':12,'pull_request':{'number':12,'base':{'ref':'main'},"
                        + "'head':{'ref':'topic','sha':'a','repo':null}}}"));

        assertThat(opened.pullRequest().sourceNamespace()).isNull();
    }

    @Test
    void understandsAPush() {
        var push = (PushEvent)
                understood(event("PushEvent", "{'push_id':1,'ref':'refs/heads/main','head':'c0ffee','before':'beef'}"));

        assertThat(push.action()).isEqualTo("pushed");
        assertThat(push.commit()).isEqualTo("c0ffee");
        assertThat(push.commitBefore()).isEqualTo("beef");
    }

    @Test
    void understandsACommentOnACommitAndARelease() {
        var comment = (CommitCommentEvent) understood(event(
                "CommitCommentEvent",
                "{'comment':{'id':9,'body':'Nice.','html_url':'https://github.com/x','commit_id':'c0ffee',"
                        + "'user':{'login':'mira'}}}"));
        var release = (ReleaseEvent)
                understood(event("ReleaseEvent", "{'action':'published','release':{'id':3,'tag_name':'v1.0'}}"));

        assertThat(comment.commit()).isEqualTo("c0ffee");
        assertThat(release.tag()).isEqualTo("v1.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"WatchEvent", "CreateEvent", "ForkEvent", ""})
    void leavesOutWhatIsNothingToUs(String type) {
        assertThat(PolledEvents.delivery(event(type, "{}"), json(REPOSITORY))).isEmpty();
    }
}
