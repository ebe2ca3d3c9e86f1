package dev.forgeway.handle;

import dev.forgeway.config.InvalidSettingsException;
import dev.forgeway.config.Mistake;
import dev.forgeway.config.Settings;
import dev.forgeway.error.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the settings say about handlers by their names, which must be names that handlers have. */
final class HandlerSettings {

    private final Settings settings;
    private final List<Mistake> mistakes = new ArrayList<>();

    private HandlerSettings(Settings settings) {
        this.settings = settings;
    }

    /**
     * Compares the settings with the handlers.
     *
     * @param own names of the handlers that come with Forgeway
     * @throws InvalidSettingsException with every name that no handler has, and every one that a handler has already
     */
    static void check(Settings settings, Set<String> own) {
        HandlerSettings rules = new HandlerSettings(settings);
        Set<String> configured = settings.handle().own().handlers().keySet();
        configured.stream().filter(own::contains).forEach(rules::taken);
        Set<String> all = new TreeSet<>(own);
        all.addAll(configured);
        rules.known(
                "forgeway.handle.concurrency", settings.handle().concurrency().keySet(), all, "4");
        rules.known(
                "forgeway.dispatch.priority.handlers",
                settings.dispatch().priority().handlers().keySet(),
                all,
                "8");
        if (!rules.mistakes.isEmpty()) {
            throw new InvalidSettingsException(rules.mistakes);
        }
    }

    private void taken(String name) {
        String key = "forgeway.handle.own.handlers.";
        mistakes.add(new Mistake(
                key + name, "has the name of a handler of Forgeway's own", key + "my-" + name + ".events=push"));
    }

    private void known(String map, Collection<String> named, Set<String> all, String value) {
        for (String name : new TreeSet<>(named)) {
            if (!all.contains(name)) {
                String near = Suggestion.nearest(name, all).orElse("copr-build");
                mistakes.add(new Mistake(
                        map + "[" + name + "]",
                        "names no handler; known are " + String.join(", ", all),
                        map + "[" + near + "]=" + value));
            }
        }
    }
}
