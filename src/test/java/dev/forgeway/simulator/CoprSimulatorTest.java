package dev.forgeway.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.Connection;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CoprSimulatorTest {

    private static final String CHROOT = "fedora-rawhide-x86_64";
    private static final String BUILD = """
            {"ownername":"packit","projectname":"hello-1","script":"#!/bin/sh\\n# marker-17\\n","chroot":"fedora-latest-x86_64",
             "builddeps":["git","packit"],"resultdir":".","chroots":["fedora-rawhide-x86_64"],"timeout":3600,"enable_net":true}""";

    private final BusSimulator bus = new BusSimulator();
    private final CoprSimulator copr = new CoprSimulator(bus);
    private final Http stranger = new Http(copr, "");
    private final Http caller = new Http(copr, basic(copr.login(), copr.token()));
    private Connection connection;
    private MessageConsumer consumer;

    @BeforeEach
    void listen() throws Exception {
        copr.stepByHand();
        connection = new JmsConnectionFactory(bus.url()).createConnection();
        connection.start();
        Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
        consumer = session.createConsumer(session.createQueue(bus.queue()));
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        copr.close();
        bus.close();
    }

    private static String basic(String login, String token) {
        byte[] both = (login + ":" + token).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    @Test
    void createsAProjectOnceAndEditsIt() throws Exception {
        String add = "/api_3/project/add/packit";
        String project = "{\"name\":\"hello-1\",\"chroots\":[\"" + CHROOT + "\"],\"description\":\"d\"}";
        assertThat(stranger.post(add, project).status()).isEqualTo(401);
        assertThat(stranger.get("/api_3/project?ownername=packit&projectname=hello-1")
                        .json()
                        .path("error")
                        .asText())
                .isEqualTo("Project packit/hello-1 does not exist.");
        assertThat(caller.post(add, "{\"name\":\"x\",\"chroots\":[\"beos-5-m68k\"]}")
                        .json()
                        .path("error")
                        .asText())
                .isEqualTo("Unexpected chroot: beos-5-m68k");
        assertThat(caller.post(add, project).json().path("full_name").asText()).isEqualTo("packit/hello-1");
        assertThat(caller.post(add, project).status()).isEqualTo(400);
        assertThat(caller.post(add + "?exist_ok=True", project).status()).isEqualTo(200);
        String two = "{\"chroots\":[\"" + CHROOT + "\",\"fedora-43-x86_64\"]}";
        assertThat(caller.post("/api_3/project/edit/packit/hello-1", two).status())
                .isEqualTo(200);
        JsonNode found = stranger.get("/api_3/project?ownername=packit&projectname=hello-1")
                .json();
        assertThat(found.path("chroot_repos").size()).isEqualTo(2);
        assertThat(found.path("description").asText()).isEqualTo("d");
        assertThat(copr.chroots("packit", "hello-1")).hasSize(2);
    }

    @Test
    void buildsAScriptAndSaysSoOnTheBus() throws Exception {
        copr.addProject("packit", "hello-1", CHROOT);
        JsonNode build = caller.post("/api_3/build/create/custom", BUILD).json();
        long id = build.path("id").asLong();
        assertThat(build.path("state").asText()).isEqualTo("pending");
        assertThat(build.at("/chroots/0").asText()).isEqualTo(CHROOT);
        assertThat(build.at("/source_package/name").isNull()).isTrue();

        copr.startSource(id);
        JsonNode started = next("org.fedoraproject.prod.copr.build.start");
        assertThat(started.path("chroot").asText()).isEqualTo("srpm-builds");
        assertThat(started.path("status").asInt()).isEqualTo(3);
        assertThat(started.path("pkg").isNull()).isTrue();
        next("org.fedoraproject.prod.copr.chroot.start");
        assertThat(copr.build(id).orElseThrow().state()).isEqualTo("running");
        copr.endSource(id, true);
        assertThat(next("org.fedoraproject.prod.copr.build.end").path("status").asInt())
                .isEqualTo(1);
        copr.end(id, CHROOT, false);
        copr.start(id, CHROOT);
        JsonNode ended = next("org.fedoraproject.prod.copr.build.end");
        assertThat(ended.path("status").asInt()).isZero();
        assertThat(ended.path("build").asLong()).isEqualTo(id);
        assertThat(ended.path("owner").asText()).isEqualTo("packit");
        assertThat(ended.path("copr").asText()).isEqualTo("hello-1");
        assertThat(ended.path("pkg").asText()).isEqualTo("hello");
        assertThat(ended.path("what").asText()).startsWith("build end: user:packit copr:hello-1 build:" + id);

        JsonNode now = stranger.get("/api_3/build/" + id).json();
        assertThat(now.path("state").asText()).isEqualTo("failed");
        assertThat(now.path("ended_on").asLong()).isPositive();
        JsonNode source = stranger.get("/api_3/build/source-build-config/" + id).json();
        assertThat(source.path("source_type").asText()).isEqualTo("custom");
        assertThat(source.at("/source_dict/script").asText()).contains("# marker-17");
        assertThat(source.at("/source_dict/builddeps").asText()).isEqualTo("git packit");
        // what was received is acknowledged a moment later
        await().until(() -> bus.waiting() == 0);
    }

    private JsonNode next(String topic) throws Exception {
        TextMessage message = (TextMessage) consumer.receive(5000);
        assertThat(message).as(topic).isNotNull();
        assertThat(message.getStringProperty("topic")).isEqualTo(topic);
        assertThat(UUID.fromString(message.getJMSMessageID().replaceFirst("^ID:(AMQP_NO_PREFIX:)?", "")))
                .isNotNull();
        return Json.read(message.getText());
    }

    @Test
    void refusesBuildsThatCoprWouldRefuse() throws Exception {
        Http.Answer missing = caller.post("/api_3/build/create/custom", BUILD);
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.json().path("error").asText()).isEqualTo("Project packit/hello-1 does not exist.");
        copr.addProject("packit", "hello-1", "fedora-43-x86_64");
        assertThat(caller.post("/api_3/build/create/custom", BUILD).status()).isEqualTo(400);
        assertThat(stranger.post("/api_3/build/create/custom", BUILD).status()).isEqualTo(401);
        assertThat(stranger.get("/api_3/build/1").json().path("error").asText()).isEqualTo("Build 1 does not exist.");
        assertThat(copr.builds()).isEmpty();
    }

    @Test
    void listsBuildsNewestFirstByPage() throws Exception {
        copr.addProject("packit", "hello-1", CHROOT);
        for (int i = 0; i < 3; i++) {
            caller.post("/api_3/build/create/custom", BUILD);
        }
        JsonNode page = stranger.get("/api_3/build/list?ownername=packit&projectname=hello-1&limit=2&offset=1")
                .json();
        assertThat(page.path("items").size()).isEqualTo(2);
        assertThat(page.at("/items/0/id").asLong())
                .isEqualTo(copr.builds().get(1).id());
        assertThat(page.path("meta"))
                .isEqualTo(Json.read(
                        Json.write(Json.object("limit", 2, "offset", 1, "order", "id", "order_type", "DESC"))));
        assertThat(stranger.get("/api_3/build/list?ownername=packit").status()).isEqualTo(400);
    }

    @Test
    void cancelsWhatRuns() throws Exception {
        copr.addProject("packit", "hello-1", CHROOT);
        long id = caller.post("/api_3/build/create/custom", BUILD)
                .json()
                .path("id")
                .asLong();
        copr.startSource(id);
        Http.Answer canceled = caller.send("PUT", "/api_3/build/cancel/" + id, "");
        assertThat(canceled.json().path("state").asText()).isEqualTo("canceled");
        next("org.fedoraproject.prod.copr.build.start");
        next("org.fedoraproject.prod.copr.chroot.start");
        assertThat(next("org.fedoraproject.prod.copr.build.end").path("status").asInt())
                .isEqualTo(2);
    }

    @Test
    void movesByItselfAndFailsWhereTold() throws Exception {
        copr.step(Duration.ofMillis(20))
                .fail("fedora-43-x86_64")
                .addProject("packit", "hello-1", CHROOT, "fedora-43-x86_64");
        long id = caller.post("/api_3/build/create/custom", BUILD.replace(",\"chroots\":[\"" + CHROOT + "\"]", ""))
                .json()
                .path("id")
                .asLong();
        await().until(() -> copr.build(id).orElseThrow().state().equals("failed"));
        assertThat(copr.build(id).orElseThrow().chroots())
                .isEqualTo(Map.of(CHROOT, "succeeded", "fedora-43-x86_64", "failed"));
    }

    @Test
    void keepsMessagesWhileNobodyIsLetIn() throws Exception {
        connection.close();
        bus.stopListening();
        String id = UUID.randomUUID().toString();
        bus.publish("org.fedoraproject.prod.copr.build.end", "{}", id);
        bus.publish("org.fedoraproject.prod.copr.build.end", "{}", id);
        await().until(() -> bus.waiting() == 2);
        bus.startListening();
        listen();
        assertThat(consumer.receive(5000).getJMSMessageID())
                .isEqualTo(consumer.receive(5000).getJMSMessageID())
                .contains(id);
    }
}
