package dev.forgeway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.testing.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.api.core.management.ManagementHelper;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.core.client.impl.ClientMessageImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the account of each role may do on a broker of Artemis' own distribution with the files of {@code artemis/}. Everything
 * is tried with every account, so that what a role is not said to do is something that it cannot do.
 */
class BrokerRolesIT {

    private static final int PORT = Ports.unused();
    private static final long PATIENCE_MILLIS = 10_000;
    private static final String MANAGEMENT = "activemq.management";

    /** How the broker begins to say that somebody may not do something, in what it answers. */
    private static final String REFUSED = "AMQ229032";

    private static final List<String> ADDRESSES =
            List.of("deliveries", "jobs.help", "held", "statuses", "dead.deliveries", "dead.jobs", "dead.statuses");

    private static final List<String> QUEUES = Stream.concat(
                    ADDRESSES.stream(),
                    Stream.of("dead.deliveries.notices", "dead.jobs.notices", "dead.statuses.notices"))
            .toList();

    /** Orders that change nothing here, because nothing fits. */
    private static final List<Order> ORDERS = List.of(
            new Order("move-held", "queue.held", "moveMessages", "a = 'b'", "deliveries"),
            new Order("remove-held", "queue.held", "removeMessages", "a = 'b'"),
            new Order("move-deliveries", "queue.deliveries", "moveMessages", "a = 'b'", "held"),
            new Order("remove-jobs", "queue.jobs.help", "removeMessages", "a = 'b'"),
            new Order("remove-dead-deliveries", "queue.dead.deliveries", "removeMessages", "a = 'b'"),
            new Order("remove-dead-jobs", "queue.dead.jobs", "removeMessages", "a = 'b'"),
            new Order("remove-dead-statuses", "queue.dead.statuses", "removeMessages", "a = 'b'"),
            new Order("remove-notices", "queue.dead.jobs.notices", "removeMessages", "a = 'b'"),
            new Order("destroy-queue", ResourceNames.BROKER, "destroyQueue", "there-is-none"),
            new Order("remove-user", ResourceNames.BROKER, "removeUser", "there-is-none"));

    private static BrokerInstance broker;
    private static ServerLocator locator;
    private static ClientSessionFactory sessions;

    private record Order(String name, String resource, String operation, List<Object> parameters) {
        Order(String name, String resource, String operation, Object... parameters) {
            this(name, resource, operation, List.of(parameters));
        }
    }

    /** Something that an account may do, or that the broker refuses. */
    @FunctionalInterface
    private interface Attempt {
        void run() throws Exception;
    }

    @BeforeAll
    static void start() throws Exception {
        broker = BrokerInstance.create(
                Files.createTempDirectory(Path.of("target").toAbsolutePath(), "broker-roles")
                        .resolve("broker"));
        broker.startAlone(PORT);
        locator = ActiveMQClient.createServerLocator("tcp://127.0.0.1:" + PORT);
        sessions = locator.createSessionFactory();
    }

    @AfterAll
    static void stop() {
        if (locator != null) {
            locator.close();
        }
        broker.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
                    forgeway | deliveries jobs.help held statuses | deliveries jobs.help held statuses dead.deliveries dead.jobs dead.statuses dead.deliveries.notices dead.jobs.notices dead.statuses.notices
                    ingest   | deliveries                         | ''
                    decide   | deliveries jobs.help held statuses | deliveries dead.deliveries.notices
                    handle   | jobs.help held statuses            | jobs.help dead.jobs.notices
                    report   | statuses                           | statuses dead.statuses.notices
                    schedule | deliveries jobs.help statuses      | ''
                    admin    | deliveries jobs.help statuses      | dead.deliveries dead.jobs dead.statuses
                    operator | ''                                 | ''
                    """)
    void eachRoleSendsAndTakesWhatItsWorkNeeds(String role, String sends, String takes) throws Exception {
        try (ClientSession session = session(role)) {
            assertThat(ADDRESSES.stream()
                            .filter(address ->
                                    may(() -> session.createProducer(address).send(session.createMessage(true)))))
                    .as("sends to")
                    .containsExactly(words(sends));
            assertThat(QUEUES.stream()
                            .filter(queue ->
                                    may(() -> session.createConsumer(queue).close())))
                    .as("takes from")
                    .containsExactly(words(takes));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
                    forgeway | deliveries jobs.help held statuses dead.deliveries dead.jobs dead.statuses dead.deliveries.notices dead.jobs.notices dead.statuses.notices | move-held remove-dead-deliveries remove-dead-jobs remove-dead-statuses
                    ingest   | '' | no-question
                    decide   | '' | no-question
                    handle   | '' | no-question
                    report   | '' | no-question
                    schedule | deliveries jobs.help statuses | move-held remove-dead-deliveries remove-dead-jobs remove-dead-statuses
                    admin    | deliveries jobs.help held statuses dead.deliveries dead.jobs dead.statuses | remove-dead-deliveries remove-dead-jobs remove-dead-statuses
                    operator | deliveries jobs.help held statuses dead.deliveries dead.jobs dead.statuses dead.deliveries.notices dead.jobs.notices dead.statuses.notices | move-held remove-held move-deliveries remove-jobs remove-dead-deliveries remove-dead-jobs remove-dead-statuses remove-notices destroy-queue remove-user
                    """)
    void eachRoleLooksAndOrdersWhatItsWorkNeeds(String role, String looks, String orders) throws Exception {
        try (ClientSession session = session(role)) {
            session.start();
            assertThat(QUEUES.stream()
                            .filter(queue -> may(
                                    () -> session.createConsumer(queue, true).close())))
                    .as("looks into")
                    .containsExactly(words(looks));
            assertThat(ordered(session, role)).as("orders").containsExactly(words(orders));
        }
    }

    @ParameterizedTest
    @CsvSource({"forgeway", "ingest", "decide", "handle", "report", "schedule", "admin", "operator"})
    void nobodyMakesAQueueThatStays(String role) throws Exception {
        try (ClientSession session = session(role)) {
            assertThat(Stream.of("deliveries", "jobs.of-ones-own", "of-ones-own")
                            .filter(address -> may(() -> session.createQueue(QueueConfiguration.of(role + "-keeps")
                                    .setAddress(address)
                                    .setRoutingType(RoutingType.ANYCAST)
                                    .setDurable(true)))))
                    .isEmpty();
        }
    }

    /** The orders that are followed, for an account whose questions are answered. */
    private static List<String> ordered(ClientSession session, String role) throws Exception {
        SimpleString answers = SimpleString.of((role.equals("operator") ? MANAGEMENT + "." : "") + UUID.randomUUID());
        try {
            session.createQueue(QueueConfiguration.of(answers)
                    .setRoutingType(RoutingType.ANYCAST)
                    .setDurable(false)
                    .setTemporary(true));
            try (ClientConsumer consumer = session.createConsumer(answers)) {
                ClientMessage question = session.createMessage(false);
                ManagementHelper.putAttribute(question, ResourceNames.BROKER, "queueNames");
                assertThat((Object[]) ManagementHelper.getResult(answer(session, consumer, answers, question)))
                        .contains("deliveries");
                assertThat(Stream.of("listScheduledMessagesAsJSON", "listDeliveringMessagesAsJSON")
                                .map(look -> new Order(look, ResourceNames.QUEUE + "statuses", look)))
                        .allMatch(look -> isFollowed(session, consumer, answers, look));
                return ORDERS.stream()
                        .filter(order -> isFollowed(session, consumer, answers, order))
                        .map(Order::name)
                        .toList();
            }
        } catch (ActiveMQSecurityException e) {
            assertThat(may(() -> session.createProducer(MANAGEMENT).send(session.createMessage(true))))
                    .as("may ask")
                    .isFalse();
            return List.of("no-question");
        }
    }

    private static boolean isFollowed(
            ClientSession session, ClientConsumer consumer, SimpleString answers, Order order) {
        try {
            ClientMessage message = session.createMessage(false);
            ManagementHelper.putOperationInvocation(
                    message,
                    order.resource(),
                    order.operation(),
                    order.parameters().toArray());
            ClientMessage answer = answer(session, consumer, answers, message);
            return ManagementHelper.hasOperationSucceeded(answer)
                    || !String.valueOf(ManagementHelper.getResult(answer)).contains(REFUSED);
        } catch (Exception e) {
            throw new IllegalStateException(order.name(), e);
        }
    }

    private static ClientMessage answer(
            ClientSession session, ClientConsumer consumer, SimpleString answers, ClientMessage question)
            throws ActiveMQException {
        question.putStringProperty(ClientMessageImpl.REPLYTO_HEADER_NAME, answers);
        session.createProducer(MANAGEMENT).send(question);
        ClientMessage answer = consumer.receive(PATIENCE_MILLIS);
        assertThat(answer).as("answer of the broker").isNotNull();
        return answer;
    }

    private static boolean may(Attempt attempt) {
        try {
            attempt.run();
            return true;
        } catch (ActiveMQSecurityException e) {
            return false;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ClientSession session(String role) throws ActiveMQException {
        String user = role.equals("forgeway") || role.equals("operator") ? role : "forgeway-" + role;
        return sessions.createSession(user, user, false, true, true, false, 0);
    }

    private static String[] words(String text) {
        return text.isEmpty() ? new String[0] : text.split(" ");
    }
}
