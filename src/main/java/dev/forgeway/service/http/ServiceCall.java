package dev.forgeway.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * One request to a service.
 *
 * @param service the service, as metrics, messages and the step log name it ("github")
 * @param operation what the call is for, from a closed set ("check-create")
 * @param accept the media type asked for: {@code text/plain} for a file of whatever kind, {@code text/xml} for XML as text,
 *     else one of JSON
 * @param body sent as JSON; a {@link com.fasterxml.jackson.databind.node.BinaryNode} as the bytes that it holds, whose
 *     type the headers say; null for none
 * @param headers further headers, none of them secret
 */
public record ServiceCall(
        String service,
        String operation,
        HttpMethod method,
        URI uri,
        String accept,
        @Nullable JsonNode body,
        Credential credential,
        Map<String, String> headers) {

    /** A call without further headers. */
    public ServiceCall(
            String service,
            String operation,
            HttpMethod method,
            URI uri,
            String accept,
            @Nullable JsonNode body,
            Credential credential) {
        this(service, operation, method, uri, accept, body, credential, Map.of());
    }

    /** The same call, which is answered with 304 and nothing where its answer would have this tag (RFC 9110, 13.1.2). */
    public ServiceCall unlessTagged(String tag) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(HttpHeaders.IF_NONE_MATCH, tag);
        return new ServiceCall(service, operation, method, uri, accept, body, credential, Map.copyOf(all));
    }

    /** Whether the answer is text, and no JSON. */
    boolean wantsText() {
        return wantsFile() || accept.equals(MediaType.TEXT_XML_VALUE);
    }

    /** Whether the answer is the text of a file, which may be missing. */
    boolean wantsFile() {
        return accept.equals(MediaType.TEXT_PLAIN_VALUE);
    }

    /** The same call at another address; a GET sends no body. */
    ServiceCall movedTo(URI there, boolean asGet) {
        return new ServiceCall(
                service,
                operation,
                asGet ? HttpMethod.GET : method,
                there,
                accept,
                asGet ? null : body,
                credential,
                headers);
    }

    /** The call in messages and logs: without query, body and credential. */
    @Override
    public String toString() {
        return service + " " + operation + " (" + method + " " + credential.shownPath(uri.getRawPath()) + ")";
    }
}
