package dev.forgeway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.testing.Ports;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two brokers of Artemis' own distribution with the files of {@code artemis/}: who gets in, and what a kill costs. */
class BrokerPairIT {

    private static final int FIRST_PORT = Ports.unused();
    private static final int SECOND_PORT = Ports.unused();

    private static Path folder;
    private static BrokerInstance first;
    private static BrokerInstance second;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "broker-pair");
        BrokerCertificate.create(folder);
        first = BrokerInstance.create(folder.resolve("first"));
        second = BrokerInstance.create(folder.resolve("second"));
        first.start("pair-first.properties", variables(FIRST_PORT, SECOND_PORT));
        first.awaitLogged("AMQ221007");
        second.start("pair-second.properties", variables(SECOND_PORT, FIRST_PORT));
        second.awaitLogged("AMQ221031");
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
    }

    /** One story in order: who gets in first, because the kill comes last. */
    @Test
    void refusesStrangersAndLosesNothingWhenTheOneThatWorksIsKilled() throws JMSException {
        refusesAWrongPassword();
        refusesPlainText();
        letsEachRoleDoItsOwn();
        losesNothingWhenItIsKilled();
    }

    private static void refusesAWrongPassword() {
        assertThatThrownBy(() -> pair().createConnection("forgeway", "wrong")).isInstanceOf(JMSSecurityException.class);
    }

    private static void refusesPlainText() {
        assertThatThrownBy(() -> new ActiveMQConnectionFactory(
                                "tcp://localhost:" + FIRST_PORT + "?callTimeout=3000&initialConnectAttempts=1")
                        .createConnection("forgeway", "forgeway"))
                .isInstanceOf(JMSException.class);
    }

    private static void letsEachRoleDoItsOwn() throws JMSException {
        send("forgeway-ingest", "deliveries", "one");
        assertThatThrownBy(() -> send("forgeway-ingest", "jobs.help", "a job"))
                .isInstanceOf(JMSSecurityException.class);
        assertThatThrownBy(() -> receive("forgeway-ingest", "deliveries", 1)).isInstanceOf(JMSSecurityException.class);
        assertThat(receive("forgeway-decide", "deliveries", 1)).containsExactly("one");
        send("forgeway-decide", "jobs.help", "a job");
        assertThatThrownBy(() -> receive("forgeway-report", "jobs.help", 1)).isInstanceOf(JMSSecurityException.class);
        assertThat(receive("forgeway-handle", "jobs.help", 1)).containsExactly("a job");
        send("forgeway-handle", "statuses", "a status");
        assertThat(receive("forgeway-report", "statuses", 1)).containsExactly("a status");
    }

    private static void losesNothingWhenItIsKilled() throws JMSException {
        try (Connection connection = pair().createConnection("forgeway", "forgeway")) {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            MessageProducer producer = session.createProducer(session.createQueue("deliveries"));
            for (int i = 0; i < 10; i++) {
                producer.send(session.createTextMessage("before " + i));
            }

            first.kill();
            second.awaitLogged("AMQ221010");

            for (int i = 0; i < 10; i++) {
                producer.send(session.createTextMessage("after " + i));
            }
        }
        assertThat(receive("forgeway", "deliveries", 20))
                .containsExactlyElementsOf(IntStream.range(0, 20)
                        .mapToObj(i -> (i < 10 ? "before " : "after ") + i % 10)
                        .toList());
    }

    private static void send(String user, String queue, String text) throws JMSException {
        try (Connection connection = pair().createConnection(user, user)) {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            session.createProducer(session.createQueue(queue)).send(session.createTextMessage(text));
        }
    }

    private static List<String> receive(String user, String queue, int count) throws JMSException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = pair().createConnection(user, user)) {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
            connection.start();
            while (texts.size() < count) {
                Message message = consumer.receive(10_000);
                if (message == null) {
                    return texts;
                }
                texts.add(message.getBody(String.class));
            }
        }
        return texts;
    }

    /** As forgeway.broker.url says it. */
    private static ActiveMQConnectionFactory pair() {
        return new ActiveMQConnectionFactory("(tcp://localhost:" + FIRST_PORT + ",tcp://localhost:" + SECOND_PORT
                + ")?ha=true&reconnectAttempts=-1&sslEnabled=true&trustStoreType=PEMCA&trustStorePath="
                + BrokerCertificate.trust(folder));
    }

    private static Map<String, String> variables(int port, int other) {
        Map<String, String> variables = new HashMap<>();
        variables.put("forgeway.store", folder.resolve("store").toString());
        variables.put("forgeway.pem", BrokerCertificate.pem(folder).toString());
        variables.put("forgeway.trust", BrokerCertificate.trust(folder).toString());
        variables.put("forgeway.host", "localhost");
        variables.put("forgeway.port", Integer.toString(port));
        variables.put("forgeway.other.host", "localhost");
        variables.put("forgeway.other.port", Integer.toString(other));
        variables.put("forgeway.cluster.password", "a-password-of-the-pair");
        return variables;
    }
}
