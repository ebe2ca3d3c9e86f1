package dev.forgeway.ingest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** The JSON inside a form-encoded delivery, in its field {@code payload}. */
final class FormPayload {

    private FormPayload() {}

    /** The decoded field; what has none is returned as it is and parked later, because it is not JSON. */
    static byte[] json(byte[] form) {
        for (String field : new String(form, StandardCharsets.UTF_8).split("&", -1)) {
            if (field.startsWith("payload=")) {
                return decode(field.substring("payload=".length()), form);
            }
        }
        return form;
    }

    private static byte[] decode(String value, byte[] form) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return form;
        }
    }
}
