package dev.forgeway.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;

/**
 * An answer before it is judged.
 *
 * @param body the JSON, or the text where text was asked for; null when it is something else or too large, a missing node
 *     when it is empty
 */
record RawAnswer(int status, HttpHeaders headers, @Nullable JsonNode body) {

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;
    private static final int LARGEST_BODY = 10 * 1024 * 1024;
    private static final int SHORT_BODY = 64 * 1024;

    static RawAnswer read(ServiceCall call, ClientHttpResponse response, ObjectMapper json) throws IOException {
        HttpHeaders headers = HttpHeaders.readOnlyHttpHeaders(response.getHeaders());
        int status = response.getStatusCode().value();
        try (InputStream in = response.getBody()) {
            byte[] bytes = in.readNBytes(LARGEST_BODY + 1);
            JsonNode body = call.wantsText() ? text(call, status, bytes, headers) : parse(bytes, headers, json);
            return new RawAnswer(status, headers, body);
        }
    }

    /** A page in place of a file is what a proxy or a bot guard sends; but who has no such file may say so on a page. */
    private static @Nullable JsonNode text(ServiceCall call, int status, byte[] bytes, HttpHeaders headers) {
        if (status == NOT_FOUND && call.wantsFile()) {
            return MissingNode.getInstance();
        }
        MediaType type = type(headers);
        boolean page = type != null && type.getSubtype().contains("html");
        return bytes.length > LARGEST_BODY || page ? null : TextNode.valueOf(new String(bytes, StandardCharsets.UTF_8));
    }

    /** An answer whose body is of no interest; a short one is taken in, so that the connection can be used again. */
    static RawAnswer unread(ClientHttpResponse response) throws IOException {
        HttpHeaders headers = HttpHeaders.readOnlyHttpHeaders(response.getHeaders());
        try (InputStream in = response.getBody()) {
            in.readNBytes(SHORT_BODY);
            return new RawAnswer(response.getStatusCode().value(), headers, MissingNode.getInstance());
        }
    }

    /** An answer whose body is a file; one that is too large counts as refused. */
    static RawAnswer file(ClientHttpResponse response, Path file, long most) throws IOException {
        int status = response.getStatusCode().value();
        if (status != OK) {
            return unread(response);
        }
        HttpHeaders headers = HttpHeaders.readOnlyHttpHeaders(response.getHeaders());
        try (InputStream in = response.getBody();
                OutputStream out = Files.newOutputStream(file)) {
            byte[] part = new byte[SHORT_BODY];
            long size = 0;
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                size += read;
                if (size > most) {
                    return new RawAnswer(TOO_LARGE, headers, MissingNode.getInstance());
                }
                out.write(part, 0, read);
            }
            return new RawAnswer(status, headers, MissingNode.getInstance());
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
        MediaType type = type(headers);
        return type != null
                && (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"));
    }

    private static @Nullable MediaType type(HttpHeaders headers) {
        try {
            return headers.getContentType();
        } catch (InvalidMediaTypeException e) {
            return null;
        }
    }

    boolean isRedirect() {
        return status == 301 || status == 302 || status == 307 || status == 308;
    }
}
