package dev.forgeway.decide.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.management.ThreadMXBean;
import dev.forgeway.config.Settings;
import dev.forgeway.error.RejectedException;
import dev.forgeway.ingest.BusMessage;
import dev.forgeway.ingest.BusMessages;
import dev.forgeway.ingest.BusPrefilter;
import dev.forgeway.ingest.CloudEventsWebhook;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.ingest.ForgejoWebhook;
import dev.forgeway.ingest.GitHubWebhook;
import dev.forgeway.ingest.GitLabWebhook;
import dev.forgeway.ingest.PagureWebhook;
import dev.forgeway.ingest.StandardWebhook;
import dev.forgeway.ingest.TestingFarmWebhook;
import dev.forgeway.ingest.UnauthenticatedException;
import dev.forgeway.ingest.UnknownFormatException;
import dev.forgeway.ingest.Webhook;
import dev.forgeway.ingest.WebhookRequest;
import dev.forgeway.store.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Whatever comes, ingest and the parsers answer with an event, with nothing or with a reason, soon, and with little memory. */
class FuzzedPayloadsTest {

    private static final int INPUTS = 200_000;
    private static final long SEED = Long.getLong("forgeway.fuzz.seed", 20_250_301L);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
    private static final Instant RECEIVED_AT = Instant.parse("2025-03-01T12:00:00Z");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Bytes that may be allocated for one input; the worst of them takes 2.5 MB. */
    private static final long LITTLE = 4L * 1024 * 1024;

    private static final Map<String, Class<? extends Webhook>> DOORS = Map.of(
            "github", GitHubWebhook.class,
            "gitlab", GitLabWebhook.class,
            "forgejo", ForgejoWebhook.class,
            "pagure", PagureWebhook.class,
            "testing-farm", TestingFarmWebhook.class,
            "standard", StandardWebhook.class,
            "cloudevents", CloudEventsWebhook.class);

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
    private int accepted;
    private int refused;
    private long most;

    @Test
    void noPayloadBreaksItsWayToAnEvent() throws IOException {
        try (var context = new AnnotationConfigApplicationContext()) {
            context.register(EventJson.class);
            context.registerBean(Settings.class, FuzzedPayloadsTest::settings);
            context.registerBean(Clock.class, () -> Clock.fixed(RECEIVED_AT, ZoneOffset.UTC));
            context.registerBean(BusPrefilter.class);
            context.registerBean(BusMessages.class);
            DOORS.forEach((sender, door) -> context.registerBean(sender, door));
            context.scan("dev.forgeway.decide.parse");
            context.refresh();
            BusMessages buses = context.getBean(BusMessages.class);
            Map<String, EventParser> parsers = context.getBeansOfType(EventParser.class).values().stream()
                    .collect(Collectors.toMap(EventParser::source, Function.identity()));
            List<Seed> seeds = seeds();
            assertThat(seeds).extracting(Seed::sender).containsAll(parsers.keySet());
            for (int i = 0; i < INPUTS; i++) {
                Seed seed = any(seeds);
                EventParser parser = parsers.getOrDefault(seed.sender(), context.getBean(BusParser.class));
                byte[] body = mutated(seed);
                Runnable door = DOORS.containsKey(seed.sender())
                        ? () -> receive(context.getBean(seed.sender(), Webhook.class), seed, body)
                        : () -> buses.receive(new BusMessage(seed.sender(), seed.event(), "", body));
                endsWell(
                        () -> {
                            door.run();
                            parse(parser, seed, body);
                        },
                        seed,
                        body,
                        i);
            }
        }
        System.out.printf(
                "seed %d: %d inputs, %d refused, %d accepted, %d events, %d rejected, at most %d bytes%n",
                SEED, INPUTS, refused, accepted, events, rejected, most);
        assertThat(accepted).as("inputs that somebody wants").isGreaterThan(INPUTS / 20);
        assertThat(events).as("inputs that are still events").isGreaterThan(INPUTS / 20);
        assertThat(rejected).as("inputs that are none any more").isGreaterThan(INPUTS / 20);
    }

    private void endsWell(Runnable work, Seed seed, byte[] body, int number) {
        long start = THREADS.getCurrentThreadCpuTime();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            work.run();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError(story(seed, body, number), e);
        }
        long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
        long took = THREADS.getCurrentThreadCpuTime() - start;
        most = Math.max(most, taken);
        if (took > SOON.toNanos() || taken > LITTLE) {
            throw new AssertionError(
                    "It took %s and %d bytes: %s".formatted(Duration.ofNanos(took), taken, story(seed, body, number)));
        }
    }

    /** Its project is looked for in what proves nothing, and what it is in what does. */
    private void receive(Webhook door, Seed seed, byte[] body) {
        WebhookRequest request = request(seed, body);
        try {
            door.verify(request);
            throw new AssertionError("It proved nothing and was believed");
        } catch (UnauthenticatedException e) {
            refused++;
        }
        try {
            accepted += door.receive(request).accepted() ? 1 : 0;
        } catch (UnknownFormatException e) {
            assertThat(seed.sender()).isEqualTo("cloudevents");
        }
    }

    private static WebhookRequest request(Seed seed, byte[] body) {
        return new WebhookRequest(
                switch (seed.sender()) {
                    case "github" -> Map.of("x-github-event", seed.event(), "x-hub-signature-256", "sha256=00");
                    case "gitlab" -> Map.of("x-gitlab-event", seed.event(), "x-gitlab-token", "wrong");
                    case "forgejo" -> Map.of("x-forgejo-event", seed.event(), "x-forgejo-signature", "00");
                    case "pagure" -> Map.of("x-pagure-signature-256", "00");
                    case "cloudevents" -> Map.of("content-type", "application/cloudevents+json");
                    default -> Map.of();
                },
                body);
    }

    private void parse(EventParser parser, Seed seed, byte[] body) {
        Delivery delivery =
                new Delivery("id", seed.sender(), "key", seed.event(), RECEIVED_AT, Map.of(), body, List.of());
        try {
            parser.parse(delivery).map(json::write).ifPresent(event -> events++);
        } catch (RejectedException e) {
            rejected++;
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

    /** With secrets that count for one project only, so that every payload is asked for its project. */
    private static Settings settings() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "forgeway.ingest.testing-farm.secrets", "a-secret",
                "forgeway.ingest.standard-webhooks.signing-secrets",
                        "whsec_dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q=",
                "forgeway.ingest.cloudevents.tokens", "a-secret",
                "forgeway.ingest.github-polling.repositories", "sandstone/hello"));
        for (String forge : List.of("github", "gitlab", "forgejo", "pagure")) {
            settings.put("forgeway.ingest." + forge + ".project-secrets.[example.org/hello][0]", "a-secret");
        }
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("forgeway", Settings.class);
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
