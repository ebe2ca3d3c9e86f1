package dev.forgeway.config;

import java.util.List;

/**
 * Which events somebody wants. In a pattern, {@code *} stands for any characters, also none; an event is wanted when a
 * pattern of each list fits.
 */
public interface EventSelection {

    /** Patterns of event types ("pull-request*"). */
    List<String> events();

    /** Patterns of project keys ("github.com/packit/*"); an event of no project is wanted with {@code *} alone. */
    List<String> projects();

    /** Patterns of actions ("opened"). */
    List<String> actions();

    /** Whether events of private projects are wanted too. */
    boolean includePrivate();
}
