package dev.forgeway.flow;

import static dev.forgeway.simulator.Faults.ALWAYS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.forgeway.simulator.Response;
import dev.forgeway.simulator.WebhookDelivery;
import jakarta.jms.ConnectionFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.management.QueueControl;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jms.core.JmsTemplate;

/** What was given up is listed, comes again or is discarded, and who did it is kept. */
@FlowTest
class DeadLettersFlowTest extends Flow {

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    @Qualifier("internalConnections")
    ConnectionFactory connections;

    @Autowired
    ActiveMQConnectionFactory core;

    private static final Response DOWN = Response.json(500, Map.of("message", "Out of order."));
    private static final String LONG_AGO = "of long ago";
    private static final String OF_LONG_AGO = "forgewayReport = '" + LONG_AGO + "'";

    /** Almost every story here waits until all attempts are made. */
    @BeforeEach
    void hurry() {
        Haste.redeliver(broker.server(), 5, 10);
    }

    @AfterEach
    void asTheOthersHaveIt() {
        Haste.redeliver(broker.server());
    }

    @Test
    void redrivesADeliveryThatWasParkedWhileTheForgeWasDown() {
        long before = messages("dead.deliveries");
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        DeliveryStory parked = opensWhileTheForgeIsAway(pullRequest);
        JsonNode letter = only(letters("id=" + parked.id()));
        assertThat(letter.path("kind").asText()).isEqualTo("delivery");
        assertThat(letter.path("source").asText()).isEqualTo("github");
        assertThat(letter.path("detail").asText()).contains("Out of order.");
        isKept(parked);
        assertThat(messages("dead.deliveries")).isEqualTo(before + 1);
        JsonNode inspected = api.get("/api/dead-letters/" + parked.id()).json();
        assertThat(inspected.path("stack").asText())
                .contains("Out of order.", "at dev.forgeway.forge.github.")
                .doesNotContain(world.github.privateKeyPem());
        assertThat(inspected.path("eventName").asText()).isEqualTo("pull_request");
        assertThat(inspected.path("body").asText()).contains(pullRequest.head());
        assertThat(new Api(port, null).get("/api/dead-letters/" + parked.id()).status())
                .isEqualTo(401);

        JsonNode action =
                only(order("redrive", "{\"id\":\"" + parked.id() + "\",\"by\":\"ada\",\"note\":\"it is back\"}"));

        DeliveryStory again = new DeliveryStory(api, action.path("successor").asText());
        again.jobEventuallyWaits();
        assertThat(parked.queuePriority()).isEqualTo("6");
        assertThat(again.queuePriority()).as("what comes now goes first").isEqualTo("4");
        assertThat(pullRequest.builds()).hasSize(1);
        assertThat(letters("id=" + parked.id())).isEmpty();
        assertThat(messages("dead.deliveries")).isEqualTo(before);
        assertThat(api.get("/api/actions").json()).anySatisfy(kept -> {
            assertThat(kept.path("action").asText()).isEqualTo("redrive");
            assertThat(kept.path("subject").asText()).isEqualTo(parked.id());
            assertThat(kept.path("by").asText()).isEqualTo("ada");
            assertThat(kept.path("note").asText()).isEqualTo("it is back");
        });
    }

    @Test
    void redrivesTheJobsOfAProjectThatCoprNeverTook() {
        long before = messages("dead.jobs");
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        copr.faults().answer(CREATE_BUILD, ALWAYS, DOWN);
        JsonNode job = pullRequest.opens().jobIsEventually("error");
        pullRequest.rpmBuild(RAWHIDE).isEventually("failure");
        copr.faults().clear();
        String project = "github.com/" + pullRequest.repository();
        JsonNode letter = only(letters("handler=copr-build&reason=error&project=" + project));
        assertThat(letter.path("id").asText()).isEqualTo(job.path("id").asText());
        leaveAsAnEarlierVersionDid("dead.jobs", job.path("id").asText());
        eventually().until(() -> messages("dead.jobs") == before + 2);

        String order = "{\"handler\":\"copr-build\",\"project\":\"" + project + "\",\"by\":\"ada\"}";
        JsonNode action = only(order("redrive", order));

        new DeliveryStory(api, action.path("successor").asText()).jobEventuallyWaits();
        copr.finishBuild(pullRequest.build().id(), true);
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");
        assertThat(pullRequest.builds()).hasSize(1);
        assertThat(order("redrive", order)).as("once is enough").isEmpty();
        assertThat(messages("dead.jobs")).isEqualTo(before);
    }

    @Test
    void showsAStatusThatTheForgeDidNotTakeForTooLong() throws Exception {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        isAcceptedButNeverShown(pullRequest);
        DeliveryStory opened = pullRequest.opens();
        String search = "reason=attempts-exhausted&project=github.com/" + pullRequest.repository();
        JsonNode letter = eventually()
                .until(() -> letters(search), found -> found.size() == 1)
                .path(0);
        assertThat(letter.path("kind").asText()).isEqualTo("status");
        assertThat(letter.path("deliveryId").asText()).isEqualTo(opened.id());
        assertThat(letter.path("detail").asText()).contains("rpm-build", "Out of order.");
        String report = opened.told().path("statuses").path(0).path("id").asText();
        eventually().until(() -> deadReports(report) == 1);
        github.faults().clear();

        JsonNode action = only(order("redrive", "{\"id\":\"" + letter.path("id").asText() + "\",\"by\":\"ada\"}"));

        assertThat(action.has("successor")).isFalse();
        assertThat(letters(search)).isEmpty();
        assertThat(deadReports(report)).isZero();
        eventually()
                .until(() -> github.checkRuns(pullRequest.repository(), pullRequest.head()), runs -> runs.size() == 1);
    }

    @Test
    void letsADeliveryComeAgainByItselfOnceTheForgeIsBack() {
        long before = messages("dead.deliveries");
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        DeliveryStory parked = opensWhileTheForgeIsAway(pullRequest);

        wasGivenUpTwoHoursAgo("update delivery set decided_at = ? where id = ?", parked.id());

        DeliveryStory again = cameAgain(parked.id());
        again.jobEventuallyWaits();
        assertThat(pullRequest.builds()).hasSize(1);
        assertThat(letters("id=" + parked.id())).isEmpty();
        eventually().until(() -> messages("dead.deliveries") == before);
    }

    @Test
    void letsJobsComeAgainByThemselvesOnceCoprIsBack() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        copr.faults().answer(CREATE_BUILD, ALWAYS, DOWN);
        JsonNode job = pullRequest.opens().jobIsEventually("error");
        pullRequest.rpmBuild(RAWHIDE).isEventually("failure");
        copr.faults().clear();

        wasGivenUpTwoHoursAgo(
                "update job set ended_at = ? where id = ?", job.path("id").asText());

        cameAgain(job.path("id").asText()).jobEventuallyWaits();
        copr.finishBuild(pullRequest.build().id(), true);
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");
        assertThat(pullRequest.builds()).hasSize(1);
    }

    @Test
    void showsAStatusByItselfOnceTheForgeIsBack() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        isAcceptedButNeverShown(pullRequest);
        pullRequest.opens();
        String search = "reason=attempts-exhausted&project=github.com/" + pullRequest.repository();
        String letter = eventually()
                .until(() -> letters(search), found -> found.size() == 1)
                .path(0)
                .path("id")
                .asText();
        github.faults().clear();

        wasGivenUpTwoHoursAgo("update dead_status set given_up_at = ? where id = ?", letter);

        eventually()
                .until(() -> github.checkRuns(pullRequest.repository(), pullRequest.head()), runs -> runs.size() == 1);
        eventually().until(() -> letters(search), JsonNode::isEmpty);
    }

    /** Nothing newer is wanted at its place, whose message would be tried behind the end of the first one. */
    private void isAcceptedButNeverShown(PullRequestStory pullRequest) {
        copr.faults().holdAnswer(CREATE_BUILD, ALWAYS);
        github.faults().answer("POST /repos/" + pullRequest.repository() + "/check-runs", ALWAYS, DOWN);
    }

    private void wasGivenUpTwoHoursAgo(String update, String id) {
        assertThat(jdbc.update(update, Instant.now().minus(Duration.ofHours(2)).atOffset(ZoneOffset.UTC), id))
                .isEqualTo(1);
    }

    private DeliveryStory opensWhileTheForgeIsAway(PullRequestStory pullRequest) {
        github.faults().answer("POST /graphql", ALWAYS, DOWN);
        DeliveryStory parked = pullRequest.opens();
        parked.isEventually("parked", "attempts-exhausted");
        github.faults().clear();
        return parked;
    }

    /** The broker gives one copy to whoever parks it, and that may be done before it has the one for people in its queue. */
    private void isKept(DeliveryStory parked) {
        eventually().until(() -> deadDelivery(parked.id()).isPresent());
    }

    /** What the schedule sent for a dead letter. */
    private DeliveryStory cameAgain(String letter) {
        JsonNode action = eventually().until(() -> doneAbout(letter), found -> !found.isMissingNode());
        assertThat(action.path("action").asText()).isEqualTo("redrive");
        assertThat(action.path("by").asText()).isEqualTo("schedule");
        return new DeliveryStory(api, action.path("successor").asText());
    }

    private JsonNode doneAbout(String subject) {
        for (JsonNode action : api.get("/api/actions?limit=200").json()) {
            if (action.path("subject").asText().equals(subject)) {
                return action;
            }
        }
        return MissingNode.getInstance();
    }

    /** A dead letter that says by its text alone what it is about. */
    private void leaveAsAnEarlierVersionDid(String address, String id) {
        JmsTemplate toAllCopies = new JmsTemplate(connections);
        toAllCopies.setPubSubDomain(true);
        toAllCopies.convertAndSend(address, id);
    }

    /** How many messages about a report the broker keeps for a person. */
    private long deadReports(String id) throws Exception {
        return queue("dead.statuses").countMessages("forgewayReport = '" + id + "'");
    }

    private QueueControl queue(String name) {
        return (QueueControl) broker.server().getManagementService().getResource("queue." + name);
    }

    @Test
    void doesNotRepeatWhatAnotherCopyAchieved() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        copr.faults().answer(CREATE_BUILD, ALWAYS, DOWN);
        WebhookDelivery opening = pullRequest.opening();
        JsonNode job = pullRequest.delivers(opening).jobIsEventually("error");
        copr.faults().clear();
        pullRequest.delivers(opening).jobEventuallyWaits();

        JsonNode action = only(order("redrive", "{\"id\":\"" + job.path("id").asText() + "\",\"by\":\"ada\"}"));

        new DeliveryStory(api, action.path("successor").asText()).isEventually("duplicate", "already-received");
        assertThat(pullRequest.builds()).hasSize(1);
    }

    @Test
    void discardsWhatNobodyCanUse() {
        WebhookDelivery broken =
                new WebhookDelivery("pull_request", UUID.randomUUID().toString(), "{\"action\":\"opened\"");
        DeliveryStory parked = DeliveryStory.accepted(api, webhooks.send(broken));
        parked.isEventually("parked", "invalid-json");
        String order = "{\"id\":\"" + parked.id() + "\",\"by\":\"ada\"}";

        assertThat(api.post("/api/dead-letters/discard", "wrong", order).status())
                .isEqualTo(401);
        assertThat(letters("reason=invalid-json&id=" + parked.id())).hasSize(1);
        assertThat(only(order("discard", order)).path("successor").isMissingNode())
                .isTrue();

        assertThat(letters("id=" + parked.id())).isEmpty();
        assertThat(parked.told().path("reason").asText()).isEqualTo("invalid-json");
    }

    @Test
    void replaysWhatSucceeded() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        DeliveryStory first = pullRequest.opens();
        copr.finishBuild(pullRequest.build().id(), true);
        first.jobIsEventually("succeeded");

        Api.Answer answer =
                api.post("/api/deliveries/" + first.id() + "/replay", World.ADMIN_TOKEN, "{\"by\":\"ada\"}");

        DeliveryStory again =
                new DeliveryStory(api, answer.json().path("successor").asText());
        again.jobEventuallyWaits();
        pullRequest.builds(2);
        assertThat(again.told().path("event")).isEqualTo(first.told().path("event"));
    }

    @Test
    void takesTheDeadMessageOfWhatIsReplayed() {
        long before = messages("dead.deliveries");
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        DeliveryStory parked = opensWhileTheForgeIsAway(pullRequest);
        isKept(parked);
        assertThat(messages("dead.deliveries")).isEqualTo(before + 1);

        api.post("/api/deliveries/" + parked.id() + "/replay", World.ADMIN_TOKEN, "{\"by\":\"ada\"}");

        assertThat(letters("id=" + parked.id())).isEmpty();
        assertThat(messages("dead.deliveries")).isEqualTo(before);
    }

    @Test
    void listsADeliveryThatTheDatabaseWasAwayForAllTheTime() {
        long before = messages("dead.deliveries");
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        jdbc.execute("alter table delivery rename to delivery_away");
        DeliveryStory opened;
        try {
            opened = pullRequest.opens();
            eventually().until(() -> messages("dead.deliveries") > before);
        } finally {
            jdbc.execute("alter table delivery_away rename to delivery");
        }

        opened.isEventually("parked", "attempts-exhausted");
        JsonNode action = only(order("redrive", "{\"id\":\"" + opened.id() + "\",\"by\":\"ada\"}"));
        new DeliveryStory(api, action.path("successor").asText()).jobEventuallyWaits();
        assertThat(messages("dead.deliveries")).isEqualTo(before);
    }

    @Test
    void forgetsTheDeadMessageOfWhatCameLongAgo() {
        github.faults().answer("POST /graphql", ALWAYS, DOWN);
        DeliveryStory old = pullRequestBuiltFor("fedora-rawhide").opens();
        DeliveryStory young = pullRequestBuiltFor("fedora-rawhide").opens();
        old.isEventually("parked", "attempts-exhausted");
        young.isEventually("parked", "attempts-exhausted");
        github.faults().clear();
        isKept(old);
        isKept(young);
        Message dead = deadDelivery(old.id()).orElseThrow();
        assertThat(Instant.ofEpochMilli(dead.getTimestamp()))
                .as("when it came, and not when it was given up")
                .isBefore(Instant.parse(deadLetterSince(old.id())));

        dead.setTimestamp(Instant.now().minus(Duration.ofDays(91)).toEpochMilli());

        eventually().until(() -> deadDelivery(old.id()).isEmpty());
        assertThat(deadDelivery(young.id())).isPresent();
        JsonNode action = only(order("redrive", "{\"id\":\"" + old.id() + "\",\"by\":\"ada\"}"));
        new DeliveryStory(api, action.path("successor").asText()).jobEventuallyWaits();
        order("discard", "{\"id\":\"" + young.id() + "\",\"by\":\"ada\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dead.jobs", "dead.statuses"})
    void forgetsTheDeadMessagesOfJobsAndStatusesLater(String queue) throws Exception {
        leave(queue, Duration.ofDays(181));
        leave(queue, Duration.ofDays(179));

        // they come in the order in which they were left
        String young = OF_LONG_AGO + " AND AMQTimestamp > "
                + Instant.now().minus(Duration.ofDays(180)).toEpochMilli();
        eventually()
                .until(() ->
                        queue(queue).countMessages(young) == 1 && queue(queue).countMessages(OF_LONG_AGO) == 1);
        assertThat(queue(queue).removeMessages(OF_LONG_AGO)).isEqualTo(1);
    }

    /** A message as the broker keeps it of what it gave up on. */
    private void leave(String queue, Duration age) throws Exception {
        try (ClientSessionFactory factory = core.getServerLocator().createSessionFactory();
                ClientSession session = factory.createSession();
                ClientProducer producer = session.createProducer(queue + "::" + queue)) {
            ClientMessage message = session.createMessage(true);
            message.putStringProperty("forgewayReport", LONG_AGO);
            message.setTimestamp(Instant.now().minus(age).toEpochMilli());
            producer.send(message);
        }
    }

    private Optional<Message> deadDelivery(String id) {
        try (var all = broker.server().locateQueue("dead.deliveries").browserIterator()) {
            while (all.hasNext()) {
                Message message = all.next().getMessage();
                if (id.equals(message.getStringProperty("forgewayDeliveryId"))) {
                    return Optional.of(message);
                }
            }
            return Optional.empty();
        }
    }

    private String deadLetterSince(String id) {
        return only(letters("id=" + id)).path("since").asText();
    }

    @Test
    void takesNoOrderWithAConditionThatItDoesNotKnow() {
        Api.Answer answer = api.post(
                "/api/dead-letters/discard",
                World.ADMIN_TOKEN,
                "{\"source\":\"github\",\"resaon\":\"defect\",\"by\":\"ada\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.toString()).contains("resaon");
    }

    @Test
    void discardsAllThatMatchInOneCall() {
        String detailOfOthers = "id=" + parkedDelivery().id();
        DeliveryStory young = parkedDelivery();
        for (int i = 0; i < 3; i++) {
            parkedDelivery();
        }
        jdbc.update(
                "update delivery set decided_at = ? where outcome = 'parked' and reason = 'missing-field'"
                        + " and id <> '" + young.id() + "'",
                Instant.now().minus(Duration.ofHours(2)).atOffset(ZoneOffset.UTC));
        assertThat(letters(detailOfOthers + "&olderThan=1h")).hasSize(1);
        assertThat(letters(detailOfOthers + "&youngerThan=1h")).isEmpty();
        assertThat(letters("id=" + young.id() + "&olderThan=1h")).isEmpty();

        JsonNode actions = order(
                "discard", "{\"source\":\"github\",\"reason\":\"missing-field\",\"olderThan\":\"1h\",\"by\":\"ada\"}");

        assertThat(actions).hasSizeGreaterThanOrEqualTo(4);
        assertThat(actions.findValuesAsText("subject")).doesNotContain(young.id());
        assertThat(letters("source=github&reason=missing-field&olderThan=1h")).isEmpty();
        assertThat(letters("id=" + young.id())).hasSize(1);
    }

    @Test
    void pagesThroughWhatFitsNewestFirst() {
        List<String> parked = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            parked.add(0, parkedDelivery().id());
        }

        List<String> paged = new ArrayList<>();
        String fits = "source=github&reason=missing-field&limit=2";
        for (JsonNode page = letters(fits); !page.isEmpty(); page = letters(fits + "&before=" + last(paged))) {
            assertThat(page).hasSizeLessThanOrEqualTo(2);
            page.forEach(letter -> paged.add(letter.path("id").asText()));
        }

        assertThat(paged).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(paged).containsSubsequence(parked);
    }

    private static String last(List<String> paged) {
        return paged.get(paged.size() - 1);
    }

    @Test
    void takesAsManyAsTheOrderSays() {
        DeliveryStory first = parkedDelivery();
        DeliveryStory second = parkedDelivery();

        assertThat(order("discard", "{\"reason\":\"missing-field\",\"limit\":1,\"by\":\"ada\"}"))
                .hasSize(1);

        assertThat(letters("id=" + first.id()).size()
                        + letters("id=" + second.id()).size())
                .isEqualTo(1);
    }

    @Test
    void doesNotRedriveInOneCallWhatThatCallMadeFailAgain() {
        DeliveryStory parked = parkedDelivery();

        JsonNode actions = order("redrive", "{\"id\":\"" + parked.id() + "\",\"by\":\"ada\"}");
        DeliveryStory again =
                new DeliveryStory(api, only(actions).path("successor").asText());
        again.isEventually("parked", "missing-field");

        assertThat(only(letters("id=" + again.id())).path("reason").asText()).isEqualTo("missing-field");
        order("discard", "{\"id\":\"" + again.id() + "\",\"by\":\"ada\"}");
    }

    @Test
    void doesOnceWhatSeveralPeopleOrderAtOnce() {
        DeliveryStory parked = parkedDelivery();
        String order = "{\"id\":\"" + parked.id() + "\",\"by\":\"ada\"}";

        List<CompletableFuture<JsonNode>> orders = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> order("redrive", order)))
                .limit(4)
                .toList();

        assertThat(orders.stream().mapToInt(done -> done.join().size()).sum()).isEqualTo(1);
    }

    @Test
    void tellsWhyAJobWasGivenUp() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        copr.faults().answer(CREATE_BUILD, ALWAYS, DOWN);
        JsonNode job = pullRequest.opens().jobIsEventually("error");

        JsonNode letter =
                only(letters("reason=attempts-exhausted&id=" + job.path("id").asText()));

        assertThat(letter.path("reason").asText()).isEqualTo("attempts-exhausted");
        assertThat(letters("reason=defect&id=" + job.path("id").asText())).isEmpty();
        JsonNode inspected =
                api.get("/api/dead-letters/" + job.path("id").asText()).json();
        assertThat(inspected.at("/letter/handler").asText()).isEqualTo("copr-build");
        assertThat(inspected.path("stack").asText())
                .contains("TransientException", "Out of order.", "at dev.forgeway.handle.copr.CoprBuildHandler");
        assertThat(inspected.path("body").asText())
                .as("what the delivery brought")
                .contains(pullRequest.head());
    }

    /** A delivery that lacks what is needed, once it is parked. */
    private DeliveryStory parkedDelivery() {
        WebhookDelivery incomplete =
                new WebhookDelivery("pull_request", UUID.randomUUID().toString(), "{\"action\":\"opened\"}");
        DeliveryStory parked = DeliveryStory.accepted(api, webhooks.send(incomplete));
        parked.isEventually("parked", "missing-field");
        return parked;
    }

    private JsonNode letters(String search) {
        return api.get("/api/dead-letters?" + search).json();
    }

    private JsonNode order(String what, String body) {
        Api.Answer answer = api.post("/api/dead-letters/" + what, World.ADMIN_TOKEN, body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode only(JsonNode array) {
        assertThat(array).hasSize(1);
        return array.path(0);
    }

    private long messages(String queue) {
        return broker.server().locateQueue(queue).getMessageCount();
    }
}
