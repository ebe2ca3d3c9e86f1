package dev.forgeway.forge;

import dev.forgeway.event.Project;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The forges that are called, by their wire names. */
@Component
public class Forges {

    private final Map<String, Forge> byName;

    public Forges(List<Forge> forges) {
        this.byName = forges.stream().collect(Collectors.toUnmodifiableMap(Forge::name, Function.identity()));
    }

    public Set<String> names() {
        return byName.keySet();
    }

    /** Empty for a forge that is not called, and for no name. */
    public Optional<Forge> find(@Nullable String name) {
        return Optional.ofNullable(name).map(byName::get);
    }

    /** The forge at whose site a project is, if it is called. */
    public Optional<Forge> homeOf(Project project) {
        return byName.values().stream().filter(forge -> forge.isHomeOf(project)).findFirst();
    }

    /** A forge of whose events those that cannot be served were dropped before. */
    public Forge named(@Nullable String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no forge " + name));
    }
}
