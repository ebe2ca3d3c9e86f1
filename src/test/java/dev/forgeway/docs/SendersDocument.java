package dev.forgeway.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the table of events in docs/senders.md from the fixtures, and what each has to become beside it. */
final class SendersDocument {

    static final String COMMAND =
            "./mvnw -q test -Dtest=SendersDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true";

    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
    private static final Set<String> WITHOUT_EVENTS = Set.of("standard", "cloudevents");
    private static final ObjectMapper JSON = new ObjectMapper();

    private SendersDocument() {}

    /** One row for each event of each sender: the types and actions that its fixtures become. */
    static List<String> rows() throws IOException {
        Map<String, Map<String, Set<String>>> byEvent = new TreeMap<>();
        for (Path file : expectations()) {
            String sender = FIXTURES.relativize(file).getName(0).toString();
            JsonNode expected = JSON.readTree(Files.readString(file));
            if (expected.has("type") && !WITHOUT_EVENTS.contains(sender)) {
                byEvent.computeIfAbsent("| `" + sender + "` | `" + event(sender, file) + "` |", key -> new TreeMap<>())
                        .computeIfAbsent(expected.path("type").asText(), key -> new TreeSet<>())
                        .add(expected.path("action").asText());
            }
        }
        return byEvent.entrySet().stream()
                .map(entry -> entry.getKey() + " " + types(entry.getValue()) + " |")
                .toList();
    }

    private static List<Path> expectations() throws IOException {
        try (Stream<Path> files = Files.walk(FIXTURES)) {
            return files.filter(file -> file.toString().endsWith(".expected.json"))
                    .sorted()
                    .toList();
        }
    }

    private static String event(String sender, Path file) {
        String stem = String.valueOf(file.getFileName()).replace(".expected.json", "");
        String event = stem.substring(0, stem.lastIndexOf('.'));
        return sender.equals("gitlab")
                ? Stream.of(event.split("-", -1))
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining(" "))
                : event;
    }

    private static String types(Map<String, Set<String>> types) {
        return types.entrySet().stream()
                .map(entry -> "`" + entry.getKey() + "`: " + String.join(", ", entry.getValue()))
                .collect(Collectors.joining("; "));
    }
}
