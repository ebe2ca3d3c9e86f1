package dev.forgeway.store;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * What is paused, as this process knows it: read before anything begins, and then once in a second, so that a pause holds
 * in every process about a second after it was ordered in one. While the database is away, what was paused stays so.
 */
@Component
public class Pauses implements InitializingBean, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Pauses.class);

    private static final long INTERVAL_MILLIS = 1000;

    private final Supplier<List<Pause>> store;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "pauses");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Set<Key> paused = Set.of();
    private boolean isStoreAway;

    private record Key(Pause.Kind kind, String name) {}

    @Autowired
    Pauses(PauseStore store) {
        this(store::all);
    }

    /** @param store tells what is paused */
    public Pauses(Supplier<List<Pause>> store) {
        this.store = store;
    }

    @Override
    public void afterPropertiesSet() {
        look();
        clock.scheduleWithFixedDelay(this::look, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void destroy() {
        clock.shutdownNow();
    }

    public boolean isPaused(Pause.Kind kind, String name) {
        return paused.contains(new Key(kind, name));
    }

    /** What of a kind is paused. */
    public Set<String> names(Pause.Kind kind) {
        return paused.stream().filter(key -> key.kind() == kind).map(Key::name).collect(Collectors.toUnmodifiableSet());
    }

    /** Is told after every look what holds now, changed or not; it must not wait for anything. */
    public void onLook(Runnable listener) {
        listeners.add(listener);
    }

    /** Reads what is paused now. */
    public synchronized void look() {
        try {
            paused = store.get().stream()
                    .map(pause -> new Key(pause.kind(), pause.name()))
                    .collect(Collectors.toUnmodifiableSet());
            isStoreAway = false;
            listeners.forEach(Runnable::run);
        } catch (DataAccessException e) {
            if (!isStoreAway) {
                LOG.warn("What is paused stays so: the database cannot be asked: {}", e.getMessage());
            }
            isStoreAway = true;
        } catch (RuntimeException e) {
            LOG.error("What is paused could not be applied; it is tried again in a second", e);
        }
    }
}
