package dev.forgeway.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** {@code observability/alerts.yaml}. */
record AlertRules(List<JsonNode> rules) {

    static final Path FILE = Path.of("observability", "alerts.yaml");

    static AlertRules read() throws IOException {
        JsonNode groups = new YAMLMapper().readTree(FILE.toFile()).path("groups");
        return new AlertRules(
                stream(groups).flatMap(group -> stream(group.path("rules"))).toList());
    }

    List<JsonNode> alerts() {
        return rules.stream().filter(rule -> rule.has("alert")).toList();
    }

    List<String> names() {
        return alerts().stream().map(alert -> alert.path("alert").asText()).toList();
    }

    List<String> records() {
        return rules.stream()
                .filter(rule -> rule.has("record"))
                .map(rule -> rule.path("record").asText())
                .toList();
    }

    Stream<String> expressions() {
        return rules.stream().map(rule -> rule.path("expr").asText());
    }

    private static Stream<JsonNode> stream(JsonNode several) {
        return StreamSupport.stream(several.spliterator(), false);
    }
}
