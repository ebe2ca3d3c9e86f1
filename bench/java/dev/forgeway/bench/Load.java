package dev.forgeway.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/** Sends webhooks to a server on this machine over a number of keep-alive connections. */
final class Load {

    private final Supplier<byte[]> requests;
    private final int port;

    Load(Webhook webhook, int port) {
        this(webhook::request, port);
    }

    /** @param requests gives the bytes of each */
    Load(Supplier<byte[]> requests, int port) {
        this.requests = requests;
        this.port = port;
    }

    /**
     * What came of one load.
     *
     * @param latencies of what was accepted, sorted, in nanoseconds
     */
    record Outcome(long accepted, long refused, Duration took, long[] latencies) {

        double perSecond() {
            return accepted * 1e9 / took.toNanos();
        }

        double millis(double quantile) {
            if (latencies.length == 0) {
                return Double.NaN;
            }
            int index = (int) Math.ceil(quantile * latencies.length) - 1;
            return latencies[Math.max(0, index)] / 1e6;
        }
    }

    /** Every connection sends its next request when the last one was answered, for a time. */
    Outcome closed(int connections, Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        return run(connections, number -> System.nanoTime() < end, 0);
    }

    /** As {@link #closed}, for a number of requests. */
    Outcome count(int connections, long requests) throws Exception {
        return run(connections, number -> number < requests, 0);
    }

    /**
     * Requests are due at a fixed rate, however long the answers take; the latency of each is counted from when it was
     * due, so that a stall of the server is seen in all requests that it held up.
     */
    Outcome open(int connections, double perSecond, Duration time) throws Exception {
        long requests = (long) (perSecond * time.toMillis() / 1000);
        return run(connections, number -> number < requests, (long) (1e9 / perSecond));
    }

    private Outcome run(int connections, LongPredicate goOn, long interval) throws Exception {
        AtomicLong next = new AtomicLong();
        ExecutorService pool = Executors.newFixedThreadPool(connections);
        try {
            long start = System.nanoTime();
            List<Callable<Sender>> tasks = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                tasks.add(() -> new Sender(next, goOn, start, interval).send());
            }
            List<Sender> senders = new ArrayList<>();
            for (Future<Sender> sent : pool.invokeAll(tasks)) {
                senders.add(sent.get());
            }
            return sum(senders, Duration.ofNanos(System.nanoTime() - start));
        } finally {
            pool.shutdownNow();
        }
    }

    private static Outcome sum(List<Sender> senders, Duration took) {
        int accepted = senders.stream().mapToInt(sender -> sender.count).sum();
        long refused = senders.stream().mapToLong(sender -> sender.refused).sum();
        long[] all = new long[accepted];
        int at = 0;
        for (Sender sender : senders) {
            System.arraycopy(sender.latencies, 0, all, at, sender.count);
            at += sender.count;
        }
        Arrays.sort(all);
        return new Outcome(accepted, refused, took, all);
    }

    /** One connection and what it saw. */
    private final class Sender {

        private final AtomicLong next;
        private final LongPredicate goOn;
        private final long start;
        private final long interval;
        private long[] latencies = new long[4096];
        private int count;
        private long refused;

        Sender(AtomicLong next, LongPredicate goOn, long start, long interval) {
            this.next = next;
            this.goOn = goOn;
            this.start = start;
            this.interval = interval;
        }

        Sender send() throws IOException {
            try (KeepAliveConnection connection = new KeepAliveConnection(port)) {
                for (long number = next.getAndIncrement(); goOn.test(number); number = next.getAndIncrement()) {
                    byte[] request = requests.get();
                    long due = interval == 0 ? System.nanoTime() : start + number * interval;
                    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                        LockSupport.parkNanos(left);
                    }
                    answered(connection.exchange(request), System.nanoTime() - due);
                }
            }
            return this;
        }

        private void answered(int status, long took) {
            if (status != 202) {
                refused++;
                return;
            }
            if (count == latencies.length) {
                latencies = Arrays.copyOf(latencies, count * 2);
            }
            latencies[count++] = took;
        }
    }
}
