package dev.forgeway.bus;

import dev.forgeway.config.PublishSettings;
import dev.forgeway.config.Settings;
import dev.forgeway.error.DeferredException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The buses that can be published on. One that is away is left alone for a while, in which nothing is tried; the pause
 * is spread, so that what waits does not come back all at once.
 */
@Component
public class Buses implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Buses.class);

    private final PublishSettings settings;
    private final Clock clock;
    private final Duration pause;
    private final Map<PublishSettings.Bus, BusPublisher> publishers = new EnumMap<>(PublishSettings.Bus.class);
    private final Map<PublishSettings.Bus, Instant> awayUntil = new EnumMap<>(PublishSettings.Bus.class);

    Buses(Settings settings, Clock clock) {
        this.settings = settings.handle().publish();
        this.pause = this.settings.pause();
        this.clock = clock;
    }

    /**
     * Returns when the broker has the message.
     *
     * @throws DeferredException when the bus is away
     * @throws dev.forgeway.error.TransientException when it did not take this message
     */
    public void publish(PublishSettings.Bus bus, Publication message) {
        BusPublisher publisher = publisher(bus);
        try {
            publisher.publish(message);
        } catch (BusAwayException e) {
            LOG.warn("{} cannot be published on: {}", bus, e.getMessage());
            throw leaveAlone(bus);
        }
    }

    private synchronized BusPublisher publisher(PublishSettings.Bus bus) {
        Instant until = awayUntil.getOrDefault(bus, Instant.EPOCH);
        if (until.isAfter(clock.instant())) {
            throw away(bus, until);
        }
        return publishers.computeIfAbsent(bus, this::connect);
    }

    private synchronized DeferredException leaveAlone(PublishSettings.Bus bus) {
        Instant until = clock.instant().plus(pause);
        awayUntil.put(bus, until);
        return away(bus, until);
    }

    private DeferredException away(PublishSettings.Bus bus, Instant until) {
        long spread = ThreadLocalRandom.current().nextLong(1 + pause.toMillis() / 2);
        return new DeferredException(bus + " is away", until.plusMillis(spread));
    }

    private BusPublisher connect(PublishSettings.Bus bus) {
        return switch (bus) {
            case FEDORA_MESSAGING -> new FedoraMessagingPublisher(settings.fedoraMessaging());
            case AMQP -> new AmqpPublisher(settings.amqp());
            case MQTT -> new MqttPublisher(settings.mqtt());
        };
    }

    @Override
    public synchronized void destroy() {
        publishers.values().forEach(BusPublisher::close);
        publishers.clear();
    }
}
