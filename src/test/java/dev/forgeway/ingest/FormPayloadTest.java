package dev.forgeway.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormPayloadTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "payload=%7B%22ref%22%3A%22refs%2Fheads%2Fmain%22%7D | {\"ref\":\"refs/heads/main\"}",
                "payload=%7B%7D&other=1 | {}",
                "other=1&payload=%7B%7D | {}",
                "payload=%7B%7D&payload=%5B%5D | {}",
                "payload={\"a\"%3A+1} | {\"a\": 1}",
                "payload=%7B%22a%22%3A%22x%26y%3Dz%2B%22%7D | {\"a\":\"x&y=z+\"}"
            })
    void takesTheFirstFieldOfThatName(String form, String json) {
        assertThat(payload(form)).isEqualTo(json);
    }

    @Test
    void keepsEveryCharacter() {
        String json = "{\"body\":\"h\u00e9llo \\u00e9 \ud83d\ude80 100% +1 a=b&c\\r\\n\"}";

        assertThat(payload("payload=" + URLEncoder.encode(json, StandardCharsets.UTF_8)))
                .isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "payload", "Payload=%7B%7D", "xpayload=%7B%7D", "{\"action\":\"opened\"}", "payload=%"})
    void leavesEverythingElseAsItIs(String form) {
        assertThat(payload(form)).isEqualTo(form);
    }

    private static String payload(String form) {
        return new String(FormPayload.json(Requests.bytes(form)), StandardCharsets.UTF_8);
    }
}
