package dev.forgeway.admin;

import java.util.Set;

/** Where deliveries come from. */
@FunctionalInterface
public interface Sources {

    /** Their wire names ("github", "amqp"). */
    Set<String> names();
}
