package dev.forgeway.config;

import jakarta.validation.Valid;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the handlers that a user brings as route files.
 *
 * @param folder where the files {@code *.camel.yaml} are; null for none
 * @param handlers what each wants, by its name; its route begins at {@code direct:<name>}
 */
public record OwnHandlersSettings(
        @Nullable Path folder, @DefaultValue Map<String, @Valid Handler> handlers) {

    /**
     * A handler of the user.
     *
     * @param queueClass how long its jobs take
     */
    public record Handler(
            @DefaultValue("*") List<String> events,
            @DefaultValue("*") List<String> projects,
            @DefaultValue("*") List<String> actions,
            @DefaultValue("false") boolean includePrivate,
            @DefaultValue("SHORT") QueueClass queueClass)
            implements EventSelection {}
}
