package dev.forgeway.event;

import org.jspecify.annotations.Nullable;

/**
 * A repository on a forge.
 *
 * @param namespace owner, group or nested groups, whole ("testing/packit")
 * @param visibility "public" or "private", or null when the sender did not say
 */
public record Project(
        String host,
        String namespace,
        String name,
        String url,
        @Nullable String visibility) {

    /** The stable key of the project in the store, the API and the allowlist: {@code host/namespace/name}. */
    public String key() {
        return host + "/" + namespace + "/" + name;
    }

    /** The key of the namespace: {@code host/namespace}. */
    public String namespaceKey() {
        return host + "/" + namespace;
    }
}
