package dev.forgeway.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What Helm's own library makes of {@code helm/forgeway} and some values. */
record Chart(List<JsonNode> objects) {

    static final Path FOLDER = Path.of("helm", "forgeway");

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Renders it as {@code helm template try helm/forgeway} does.
     *
     * @param values a file below {@code helm/forgeway/ci}, or empty for the chart's own values
     * @param set single values, as {@code --set} takes them
     * @throws IllegalStateException when Helm refuses
     */
    static Chart of(String values, Map<String, String> set) {
        TemplateCommand command = new Helm(FOLDER)
                .template()
                .withName("try")
                .withNamespace("forge")
                .withKubeVersion("1.31.0");
        if (!values.isEmpty()) {
            command.withValuesFile(FOLDER.resolve("ci").resolve(values));
        }
        set.forEach(command::set);
        List<JsonNode> objects = new ArrayList<>();
        new Yaml(new SafeConstructor(new LoaderOptions()))
                .loadAll(command.call())
                .forEach(object -> objects.add(JSON.valueToTree(object)));
        return new Chart(objects.stream().filter(object -> !object.isNull()).toList());
    }

    static Chart of(String values) {
        return of(values, Map.of());
    }

    List<JsonNode> ofKind(String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    JsonNode only(String kind, String name) {
        return ofKind(kind).stream()
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    /** The templates of all pods. */
    List<JsonNode> pods() {
        return objects.stream()
                .map(object -> object.at("/spec/template"))
                .filter(pod -> !pod.isMissingNode())
                .toList();
    }
}
