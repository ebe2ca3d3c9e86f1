package dev.forgeway.event;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A repository on a forge.
 *
 * @param namespace owner, group or nested groups, whole ("testing/packit"); empty where the forge has none for it
 * @param visibility "public" or "private", or null when the sender did not say
 */
public record Project(
        String host,
        String namespace,
        String name,
        String url,
        @Nullable String visibility) {

    /**
     * The project behind a URL.
     *
     * @param url of its page or for its clones
     * @param path its whole path on the forge, which tells where the path of the forge itself ends; null for none
     * @return empty when the URL is none, or leads to no project
     */
    public static Optional<Project> at(String url, @Nullable String path, @Nullable String visibility) {
        String page = url.replaceFirst("/+$", "").replaceFirst("\\.git$", "");
        URI uri;
        try {
            uri = URI.create(page);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
            return Optional.empty();
        }
        String whole = path != null && !path.isEmpty() && uri.getPath().endsWith("/" + path)
                ? path
                : uri.getPath().substring(1);
        int slash = whole.lastIndexOf('/');
        String name = whole.substring(slash + 1);
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(new Project(
                        uri.getHost().toLowerCase(Locale.ROOT),
                        slash < 0 ? "" : whole.substring(0, slash),
                        name,
                        page,
                        visibility));
    }

    /**
     * The project with a full name.
     *
     * @param fullName namespace and name ({@code packit/hello}); nested groups belong to the namespace
     * @param url of its page; empty where nobody needs it
     */
    public static Project named(String host, String fullName, String url) {
        int slash = fullName.lastIndexOf('/');
        return new Project(host, fullName.substring(0, slash), fullName.substring(slash + 1), url, null);
    }

    /** The stable key of the project in the store, the API and the allowlist: {@code host/namespace/name}. */
    public String key() {
        return namespaceKey() + "/" + name;
    }

    /** The key of the namespace: {@code host/namespace}. */
    public String namespaceKey() {
        return namespace.isEmpty() ? host : host + "/" + namespace;
    }
}
