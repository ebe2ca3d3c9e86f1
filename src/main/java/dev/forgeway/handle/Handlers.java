package dev.forgeway.handle;

import dev.forgeway.config.Settings;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** All handlers, by name. */
@Component
public class Handlers {

    private final Map<String, JobHandler> byName;
    private final List<HandlerSpec> specs;

    @Autowired
    Handlers(List<JobHandler> beans, List<ConfiguredHandlers> configured, Settings settings) {
        this(checked(beans, settings), configured);
    }

    private Handlers(List<JobHandler> beans, List<ConfiguredHandlers> configured) {
        this(Stream.concat(beans.stream(), configured.stream().flatMap(some -> some.all().stream()))
                .toList());
    }

    public Handlers(List<JobHandler> handlers) {
        this.byName = handlers.stream().collect(Collectors.toMap(h -> h.spec().name(), Function.identity(), (a, b) -> {
            throw new IllegalStateException(
                    "there are two handlers with the name " + a.spec().name());
        }));
        this.specs = byName.values().stream()
                .map(JobHandler::spec)
                .sorted(Comparator.comparing(HandlerSpec::name))
                .toList();
    }

    private static List<JobHandler> checked(List<JobHandler> beans, Settings settings) {
        HandlerSettings.check(
                settings, beans.stream().map(bean -> bean.spec().name()).collect(Collectors.toSet()));
        return beans;
    }

    public JobHandler named(String name) {
        return Objects.requireNonNull(byName.get(name), () -> "no handler is called " + name);
    }

    /** Whether there is one with this name; a user's own may be there no longer. */
    public boolean has(String name) {
        return byName.containsKey(name);
    }

    /** What the handlers say about themselves, by name. */
    public List<HandlerSpec> specs() {
        return specs;
    }
}
