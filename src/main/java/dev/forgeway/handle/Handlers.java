package dev.forgeway.handle;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** All handlers, by name. */
@Component
public class Handlers {

    private final Map<String, JobHandler> byName;
    private final List<HandlerSpec> specs;

    public Handlers(List<JobHandler> handlers) {
        this.byName = handlers.stream().collect(Collectors.toMap(h -> h.spec().name(), Function.identity()));
        this.specs = byName.values().stream()
                .map(JobHandler::spec)
                .sorted(Comparator.comparing(HandlerSpec::name))
                .toList();
    }

    public JobHandler named(String name) {
        return Objects.requireNonNull(byName.get(name), () -> "no handler is called " + name);
    }

    /** What the handlers say about themselves, by name. */
    public List<HandlerSpec> specs() {
        return specs;
    }
}
