package dev.forgeway.forge;

import dev.forgeway.event.Event;
import dev.forgeway.event.Installation;
import dev.forgeway.event.Project;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A project on a forge, and the installation through which it is reached (GitHub; null elsewhere and for tokens). */
public record Target(Project project, @Nullable Long installationId) {

    /** The project of an event that has one. */
    public static Target of(Event event) {
        Installation installation = event.installation();
        return new Target(Objects.requireNonNull(event.project()), installation == null ? null : installation.id());
    }
}
