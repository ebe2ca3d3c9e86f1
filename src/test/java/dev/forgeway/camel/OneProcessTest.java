package dev.forgeway.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forgeway.store.ClusterLock;
import dev.forgeway.testing.Stores;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** Two processes with the same periodic route and the same database. */
class OneProcessTest {

    private static final String ROUTE = "schedule-work";

    private final Stores stores = Stores.empty();
    private final AtomicInteger clockTicks = new AtomicInteger();
    private final AtomicInteger working = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Set<String> workers = ConcurrentHashMap.newKeySet();
    private final CountDownLatch workEnds = new CountDownLatch(1);

    @Test
    void runsInOneProcessAtATimeAndInTheOtherWhenThatOneIsDone() throws Exception {
        ClusterLock lock = new ClusterLock(stores.jdbc);
        try (DefaultCamelContext first = process("first", lock);
                DefaultCamelContext second = process("second", lock)) {
            first.start();
            second.start();
            await().untilAsserted(() -> assertThat(working).hasValue(1));
            int before = clockTicks.get();
            await().until(() -> clockTicks.get() > before + 5);
            assertThat(workers).as("the other one has asked in vain").hasSize(1);

            workEnds.countDown();
            String worker = workers.iterator().next();
            (worker.equals("first") ? first : second).stop();

            await().untilAsserted(() -> assertThat(workers).hasSize(2));
        }
        assertThat(most).as("at the same time").hasValue(1);
        lock.destroy();
    }

    @Test
    void isNotRunMoreOftenThanItsDelayByManyProcesses() throws Exception {
        workEnds.countDown();
        ClusterLock lock = new ClusterLock(stores.jdbc);
        try (DefaultCamelContext first = process("first", lock, Duration.ofHours(1));
                DefaultCamelContext second = process("second", lock, Duration.ofHours(1))) {
            first.start();
            await().untilAsserted(() -> assertThat(workers).hasSize(1));
            second.start();
            await().until(() -> clockTicks.get() == 2);
        }
        assertThat(workers).containsExactly("first");
        lock.destroy();
    }

    private DefaultCamelContext process(String name, ClusterLock lock) throws Exception {
        return process(name, lock, Duration.ofMillis(20));
    }

    private DefaultCamelContext process(String name, ClusterLock lock, Duration delay) throws Exception {
        OneProcess oneProcess = new OneProcess(lock);
        DefaultCamelContext context = new DefaultCamelContext();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("scheduler:work?initialDelay=1&delay=" + delay.toMillis())
                        .routeId(ROUTE)
                        .filter(exchange -> asks(exchange, oneProcess))
                        .process(exchange -> work(name));
            }
        });
        return context;
    }

    private boolean asks(Exchange exchange, OneProcess oneProcess) {
        boolean turn = oneProcess.takesTurn(exchange);
        clockTicks.incrementAndGet();
        return turn;
    }

    private void work(String name) throws InterruptedException {
        workers.add(name);
        most.accumulateAndGet(working.incrementAndGet(), Math::max);
        workEnds.await();
        working.decrementAndGet();
    }
}
