package dev.forgeway.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The SHA-256 of what a JSON says, whatever its spaces and escapes: a bus that repeats the payload of a webhook writes it
 * anew. The order of the fields counts; nobody who repeats a payload changes it.
 */
final class ContentDigest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonFactory JSON = MAPPER.getFactory();
    private static final List<String> ENVELOPES = List.of("body", "msg");

    private ContentDigest() {}

    /** Empty for what is no JSON. */
    static Optional<String> of(byte[] json) {
        try (JsonParser parser = JSON.createParser(json)) {
            return Optional.of(digest(parser));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** That of the innermost message, where envelopes are around it; empty for what is no JSON. */
    static Optional<String> ofMessage(byte[] json) {
        try {
            JsonNode message = MAPPER.readTree(json);
            for (Optional<JsonNode> inner = inner(message); inner.isPresent(); inner = inner(message)) {
                message = inner.get();
            }
            return Optional.of(digest(message.traverse()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> inner(JsonNode message) {
        return ENVELOPES.stream().map(message::path).filter(JsonNode::isObject).findFirst();
    }

    private static String digest(JsonParser parser) throws IOException {
        MessageDigest digest = Sha256.start();
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            digest.update((byte) token.id());
            if (token == JsonToken.FIELD_NAME || token.isScalarValue()) {
                digest.update(parser.getText().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
