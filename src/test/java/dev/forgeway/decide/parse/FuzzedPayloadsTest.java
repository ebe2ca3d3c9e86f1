package dev.forgeway.decide.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.forgeway.error.RejectedException;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.store.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Whatever comes, a parser answers with an event, with nothing or with a reason, and soon. */
class FuzzedPayloadsTest {

    private static final int INPUTS = 200_000;
    private static final long SEED = Long.getLong("forgeway.fuzz.seed", 20_250_301L);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
    private static final Instant RECEIVED_AT = Instant.parse("2025-03-01T12:00:00Z");
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** What may stand where something else is expected. */
    private static final List<byte[]> STRANGERS = Stream.of(
                    "null",
                    "true",
                    "0",
                    "-1",
                    "1.5",
                    "1e400",
                    "9223372036854775808",
                    "99999999999999999999999999999",
                    "\"\"",
                    "\" \"",
                    "\"\\u0000\"",
                    "\"\\ud800\"",
                    "\"://\"",
                    "\"http://[\"",
                    "\"a/b/c/d\"",
                    "\"+999999999-12-31T23:59:59Z\"",
                    "[]",
                    "[null]",
                    "[[],{}]",
                    "{}",
                    "{\"id\":{}}",
                    "[".repeat(2_000))
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();

    /** A payload of a sender, the name of its event, and where its values stand. */
    private record Seed(String sender, String event, byte[] body, List<int[]> values) {}

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final EventJson json = new EventJson();
    private int events;
    private int rejected;

    @Test
    void noPayloadBreaksAParser() throws IOException {
        try (var context = new AnnotationConfigApplicationContext()) {
            context.register(EventJson.class);
            context.scan("dev.forgeway.decide.parse");
            context.refresh();
            Map<String, EventParser> parsers = context.getBeansOfType(EventParser.class).values().stream()
                    .collect(Collectors.toMap(EventParser::source, Function.identity()));
            List<Seed> seeds = seeds();
            assertThat(seeds).extracting(Seed::sender).containsAll(parsers.keySet());
            for (int i = 0; i < INPUTS; i++) {
                Seed seed = any(seeds);
                EventParser parser = parsers.getOrDefault(seed.sender(), context.getBean(BusParser.class));
                parse(parser, seed, mutated(seed), i);
            }
        }
        System.out.printf("seed %d: %d inputs, %d events, %d rejected%n", SEED, INPUTS, events, rejected);
        assertThat(events).as("inputs that are still events").isGreaterThan(INPUTS / 20);
        assertThat(rejected).as("inputs that are none any more").isGreaterThan(INPUTS / 20);
    }

    private void parse(EventParser parser, Seed seed, byte[] body, int number) {
        Delivery delivery =
                new Delivery("id", seed.sender(), "key", seed.event(), RECEIVED_AT, Map.of(), body, List.of());
        long start = THREADS.getCurrentThreadCpuTime();
        try {
            parser.parse(delivery).map(json::write).ifPresent(event -> events++);
        } catch (RejectedException e) {
            rejected++;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError(story(seed, body, number), e);
        }
        long took = THREADS.getCurrentThreadCpuTime() - start;
        if (took > SOON.toNanos()) {
            throw new AssertionError("It took " + Duration.ofNanos(took) + ": " + story(seed, body, number));
        }
    }

    private static String story(Seed seed, byte[] body, int number) {
        return "seed %d, input %d, %s of %s: %s"
                .formatted(SEED, number, seed.event(), seed.sender(), new String(body, StandardCharsets.UTF_8));
    }

    private byte[] mutated(Seed seed) {
        byte[] body = seed.body();
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(body, random.nextInt(body.length + 1));
            case 1 -> scratched(body);
            case 2 -> without(body);
            case 3 -> twice(body);
            default -> withStrangers(seed);
        };
    }

    /** A few bytes are others. */
    private byte[] scratched(byte[] body) {
        byte[] changed = body.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return changed;
    }

    /** A part is missing. */
    private byte[] without(byte[] body) {
        int start = random.nextInt(body.length);
        int end = start + random.nextInt(body.length - start);
        return replaced(body, start, end, new byte[0]);
    }

    /** A part is there once more. */
    private byte[] twice(byte[] body) {
        int start = random.nextInt(body.length);
        int end = start + random.nextInt(body.length - start);
        return replaced(body, start, start, Arrays.copyOfRange(body, start, end));
    }

    /** Up to three values are of another kind, from behind so that the places still hold. */
    private byte[] withStrangers(Seed seed) {
        byte[] changed = seed.body();
        int before = Integer.MAX_VALUE;
        for (int i = random.nextInt(3); i >= 0; i--) {
            int[] place = any(seed.values());
            if (place[1] <= before) {
                changed = replaced(changed, place[0], place[1], any(STRANGERS));
                before = place[0];
            }
        }
        return changed;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static byte[] replaced(byte[] body, int start, int end, byte[] by) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + by.length);
        out.write(body, 0, start);
        out.writeBytes(by);
        out.write(body, end, body.length - end);
        return out.toByteArray();
    }

    private static List<Seed> seeds() throws IOException {
        List<Seed> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.walk(FIXTURES)) {
            for (Path file :
                    files.filter(FuzzedPayloadsTest::isPayload).sorted().toList()) {
                String sender = FIXTURES.relativize(file).getName(0).toString();
                String name = file.getFileName().toString();
                String stem = name.substring(0, name.length() - ".json".length());
                seeds.add(seed(sender, stem.substring(0, stem.lastIndexOf('.')), Files.readAllBytes(file)));
            }
        }
        String flat = "{\"user\":\"u\",\"copr\":\"c\",\"owner\":\"o\",\"pkg\":null,\"build\":7,\"chroot\":\"f-x86_64\","
                + "\"version\":null,\"status\":1,\"ip\":\"10.0.0.1\",\"who\":\"w\",\"pid\":2,\"what\":\"x\"}";
        String topic = "org.fedoraproject.prod.copr.build.";
        for (String body : List.of(flat, "{\"body\":" + flat + "}", "{\"msg\":{\"msg\":" + flat + "}}")) {
            seeds.add(seed("amqp", topic + "start", body.getBytes(StandardCharsets.UTF_8)));
            seeds.add(seed("amqp", topic + "end", body.getBytes(StandardCharsets.UTF_8)));
        }
        return seeds;
    }

    private static boolean isPayload(Path file) {
        String name = file.toString();
        return name.endsWith(".json") && !name.endsWith(".expected.json");
    }

    private static Seed seed(String sender, String event, byte[] body) throws IOException {
        List<int[]> values = new ArrayList<>(List.of(new int[] {0, body.length}));
        try (JsonParser parser = new JsonFactory().createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    parser.finishToken();
                    int start = (int) parser.currentTokenLocation().getByteOffset();
                    values.add(new int[] {start, (int) parser.currentLocation().getByteOffset()});
                } else if (token.isStructStart()) {
                    int start = (int) parser.currentTokenLocation().getByteOffset();
                    values.add(new int[] {start, start + 1});
                }
            }
        }
        String words = Stream.of(event.split("-", -1))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining(" "));
        return new Seed(sender, sender.equals("gitlab") ? words : event, body, values);
    }
}
