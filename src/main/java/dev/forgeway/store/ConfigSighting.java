package dev.forgeway.store;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an event taught about the package config of its project.
 *
 * @param projectKey {@code host/namespace/name}
 * @param path the file; null for none
 * @param detail what is wrong with it, or worth a hint; null for nothing
 * @param commit where it was looked for; "HEAD" for the newest commit of the default branch
 * @param push whether the commit is the head of a branch, as opposed to that of a pull request or tag
 * @param lookedFor the names, in their order
 */
public record ConfigSighting(
        String projectKey,
        State state,
        @Nullable String path,
        @Nullable String detail,
        String commit,
        boolean push,
        String lookedFor) {

    /** How a package config can be found. */
    public enum State {
        PRESENT,
        INVALID,
        ABSENT;

        /** The name in the store and the API. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same file, with what was found when it was read. */
    public ConfigSighting read(State how, @Nullable String remark) {
        return new ConfigSighting(projectKey, how, path, remark, commit, push, lookedFor);
    }
}
