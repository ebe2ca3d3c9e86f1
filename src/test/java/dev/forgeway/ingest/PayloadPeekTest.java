package dev.forgeway.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadPeekTest {

    private static final int INPUTS = 20_000;
    private static final long SEED = 4_231;

    @Test
    void findsAStringWhereverItStands() {
        assertThat(action("{\"action\":\"opened\",\"x\":1}")).isEqualTo("opened");
        assertThat(action("{\"x\":{\"action\":\"inner\"},\"y\":[{\"action\":\"inner\"}],\"action\":\"opened\"}"))
                .isEqualTo("opened");
        assertThat(action(" {\"action\" : \"a\\u0062c\\n\"}")).isEqualTo("abc\n");
    }

    @Test
    void readsNothingBehindWhatItLooksFor() {
        assertThat(action("{\"action\":\"opened\", and here it breaks off")).isEqualTo("opened");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "nonsense",
                "null",
                "[]",
                "\"action\"",
                "{",
                "{}",
                "{\"action\":1}",
                "{\"action\":null}",
                "{\"action\":{\"action\":\"opened\"}}",
                "{\"action\":[\"opened\"]}",
                "{\"action\":\"opened",
                "{\"Action\":\"opened\"}",
                "{\"x\":tru,\"action\":\"opened\"}"
            })
    void findsNothingElsewhere(String body) {
        assertThat(action(body)).isEmpty();
    }

    @Test
    void looksAtSoManyFieldsOnly() {
        assertThat(action(fieldsBefore(199))).isEqualTo("opened");
        assertThat(action(fieldsBefore(200))).isEmpty();
    }

    @Test
    void isNotLedIntoTheDepth() {
        assertThat(action("{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + ",\"action\":\"opened\"}"))
                .isEmpty();
    }

    @Test
    void findsStringsAndWholeNumbersByTheirPaths() {
        byte[] body = Requests.bytes("{\"a\":{\"b\":\"text\",\"c\":7,\"d\":1.5,\"e\":true},\"f\":[{\"b\":\"inner\"}]}");

        assertThat(PayloadPeek.strings(body, Set.of("a.b", "a.c", "a.d", "a.e", "f.b", "x.y")))
                .isEqualTo(Map.of("a.b", "text", "a.c", "7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":{\"b\":\"1\"},\"a\":{\"b\":\"2\"}}",
                "{\"a\":{\"b\":\"1\",\"b\":\"2\"}}",
                "{\"a\":{\"b\":\"1\"},\"a\":null}",
                "{\"a\":{\"b\":\"1\"}}{}",
                "{\"a\":{\"b\":\"1\"}",
                "[{\"a\":{\"b\":\"1\"}}]"
            })
    void findsNothingWhereOthersMayReadSomethingElse(String body) {
        assertThat(PayloadPeek.strings(Requests.bytes(body), Set.of("a.b"))).isEmpty();
    }

    @Test
    void survivesWhateverComes() {
        byte[] whole = Requests.bytes(
                "{\"x\":[1.5e3,true,null,{\"y\":\"\\u00e9\"}],\"a\":{\"b\":\"caf\u00e9\"},\"action\":\"opened\"}");
        SplittableRandom random = new SplittableRandom(SEED);
        int found = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] mutated = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            for (int change = random.nextInt(3); change > 0 && mutated.length > 0; change--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            found += PayloadPeek.topLevelString(mutated, "action").isPresent() ? 1 : 0;
            found += PayloadPeek.strings(mutated, Set.of("a.b")).size();
            found += FormPayload.json(mutated).length > 0 ? 1 : 0;
        }
        assertThat(found).as("something is found too, with seed %d", SEED).isPositive();
    }

    private static String action(String body) {
        return PayloadPeek.topLevelString(Requests.bytes(body), "action").orElse("");
    }

    private static String fieldsBefore(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"f" + i + "\":" + i)
                .collect(Collectors.joining(",", "{", ",\"action\":\"opened\"}"));
    }
}
