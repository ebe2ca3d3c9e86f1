package dev.forgeway.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;

/**
 * An answer before it is judged.
 *
 * @param body the JSON; null when it is something else or too large, a missing node when it is empty
 */
record RawAnswer(int status, HttpHeaders headers, @Nullable JsonNode body) {

    private static final int LARGEST_BODY = 10 * 1024 * 1024;
    private static final int SHORT_BODY = 64 * 1024;

    static RawAnswer read(ClientHttpResponse response, ObjectMapper json) throws IOException {
        HttpHeaders headers = HttpHeaders.readOnlyHttpHeaders(response.getHeaders());
        try (InputStream in = response.getBody()) {
            byte[] bytes = in.readNBytes(LARGEST_BODY + 1);
            return new RawAnswer(response.getStatusCode().value(), headers, parse(bytes, headers, json));
        }
    }

    /** An answer whose body is of no interest; a short one is taken in, so that the connection can be used again. */
    static RawAnswer unread(ClientHttpResponse response) throws IOException {
        HttpHeaders headers = HttpHeaders.readOnlyHttpHeaders(response.getHeaders());
        try (InputStream in = response.getBody()) {
            in.readNBytes(SHORT_BODY);
            return new RawAnswer(response.getStatusCode().value(), headers, MissingNode.getInstance());
        }
    }

    private static @Nullable JsonNode parse(byte[] bytes, HttpHeaders headers, ObjectMapper json) {
        if (bytes.length == 0) {
            return MissingNode.getInstance();
        }
        if (bytes.length > LARGEST_BODY || !saysJson(headers)) {
            return null;
        }
        try {
            return json.readTree(bytes);
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean saysJson(HttpHeaders headers) {
        try {
            MediaType type = headers.getContentType();
            return type != null
                    && (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    boolean isRedirect() {
        return status == 301 || status == 302 || status == 307 || status == 308;
    }
}
