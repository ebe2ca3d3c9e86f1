package dev.forgeway.forge;

import java.net.URI;
import java.util.Objects;
import java.util.Set;

/** The host and port at which a forge has its pages. */
public final class Site {

    private static final Set<Integer> USUAL = Set.of(80, 443);

    private Site() {}

    /** Whether an address is at the site of another: same host, and same port, where the usual ones are none. */
    public static boolean isSame(URI one, URI other) {
        return one.getHost() != null
                && Objects.requireNonNullElse(other.getHost(), "").equalsIgnoreCase(one.getHost())
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        return USUAL.contains(uri.getPort()) ? -1 : uri.getPort();
    }
}
