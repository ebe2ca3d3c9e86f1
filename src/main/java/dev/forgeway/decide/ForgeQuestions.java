package dev.forgeway.decide;

import dev.forgeway.forge.Forge;
import dev.forgeway.forge.Permission;
import dev.forgeway.forge.Target;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What filters ask the forge of an event: each question at most once for each event. */
@Component
public class ForgeQuestions {

    private final Map<String, Forge> forges;

    public ForgeQuestions(List<Forge> forges) {
        this.forges = forges.stream().collect(Collectors.toMap(Forge::name, Function.identity()));
    }

    /**
     * What an account may do in the project of the event.
     *
     * @throws dev.forgeway.error.TransientException when the forge cannot say now
     * @throws dev.forgeway.error.UserErrorException when it does not let us ask
     */
    public Permission permission(Decision decision, String account) {
        return decision.facts()
                .permission(account, () -> forge(decision).permission(Target.of(decision.event()), account));
    }

    /** Whether only some people may see the project of the event. Throws as {@link #permission} does. */
    public boolean isPrivate(Decision decision) {
        return decision.facts().isPrivate(() -> forge(decision).isPrivate(Target.of(decision.event())));
    }

    /** Whether there is a project, and a forge that can be asked about it. */
    public boolean knows(Decision decision) {
        return decision.event().project() != null
                && forges.containsKey(String.valueOf(decision.event().forge()));
    }

    private Forge forge(Decision decision) {
        String name = Objects.requireNonNull(decision.event().forge());
        return Objects.requireNonNull(forges.get(name), () -> "no forge " + name);
    }
}
