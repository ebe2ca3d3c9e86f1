package dev.forgeway.service.http;

import dev.forgeway.error.UserErrorException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/** Builds request addresses from parts that others named, so that no part can leave its place. */
public final class ServiceUri {

    private final StringBuilder text;
    private boolean hasQuery;

    private ServiceUri(URI base) {
        String root = base.toString();
        this.text = new StringBuilder(root.endsWith("/") ? root.substring(0, root.length() - 1) : root);
    }

    /** Starts at the address that the operator configured. */
    public static ServiceUri at(URI base) {
        return new ServiceUri(base);
    }

    /** Adds path segments, encoded (RFC 3986, 3.3). */
    public ServiceUri path(String... segments) {
        for (String segment : segments) {
            if (segment.isBlank() || segment.equals(".") || segment.equals("..")) {
                throw new UserErrorException("'" + segment + "' cannot be a name");
            }
            text.append('/').append(UriUtils.encode(segment, StandardCharsets.UTF_8));
        }
        return this;
    }

    /** Ends the path with a slash, for services that want it. */
    public ServiceUri slash() {
        text.append('/');
        return this;
    }

    /** Adds a query parameter, encoded. */
    public ServiceUri query(String name, Object value) {
        text.append(hasQuery ? '&' : '?').append(name).append('=');
        text.append(UriUtils.encode(value.toString(), StandardCharsets.UTF_8));
        hasQuery = true;
        return this;
    }

    public URI toUri() {
        return URI.create(text.toString());
    }
}
