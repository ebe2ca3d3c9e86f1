package dev.forgeway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of the routes as they are written, with what Camel reads past or writes differently once it has read it. */
class RouteFilesTest {

    private static final Path ROUTES = Path.of("src/main/resources/routes");
    private static final Path SETTINGS = Path.of("src/main/resources/application.yaml");
    private static final String SHARED = "shared";
    private static final Set<String> ELEMENTS =
            Set.of("route", "routeTemplate", "templatedRoute", "routeConfiguration");
    private static final YAMLMapper YAML = new YAMLMapper();

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(ROUTES)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void everyFolderIsLoaded() throws IOException {
        String pattern = YAML.readTree(SETTINGS.toFile())
                .at("/camel/main/routes-include-pattern")
                .asText();
        Set<String> folders = new TreeSet<>();
        for (Path file : files()) {
            assertThat(ROUTES.relativize(file).getNameCount())
                    .as("depth of " + file)
                    .isEqualTo(2);
            folders.add("classpath:routes/" + room(file) + "/*.camel.yaml");
        }

        assertThat(pattern.split(",")).containsExactlyInAnyOrderElementsOf(folders);
    }

    @ParameterizedTest
    @MethodSource("files")
    void isAListOfElementsThatCamelKnows(Path file) throws IOException {
        JsonNode root = read(file);

        assertThat(root.isArray()).as("a map at the root is no route to Camel").isTrue();
        assertThat(root).isNotEmpty();
        for (JsonNode element : root) {
            assertThat(element.size()).isEqualTo(1);
            assertThat(ELEMENTS).contains(kind(element));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void namesRoutesAfterTheFileOrItsRoom(Path file) throws IOException {
        String room = room(file);
        String stem = file.getFileName().toString().replace(".camel.yaml", "");
        for (JsonNode element : read(file)) {
            JsonNode body = element.elements().next();
            String id = body.path(kind(element).equals("templatedRoute") ? "routeId" : "id")
                    .asText();
            switch (kind(element)) {
                case "route" -> assertThat(body.path("nodePrefixId").asText()).isEqualTo(id + ".");
                case "templatedRoute" ->
                    assertThat(body.path("prefixId").asText()).isEqualTo(id + ".");
                default -> {
                    assertThat(id).matches("[a-z][a-z-]+");
                    continue;
                }
            }
            assertThat(id).matches(id.equals(stem) ? ".+" : room + "-[a-z0-9-]+");
            assertThat(room).isNotEqualTo(SHARED);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void givesEveryNodeAnId(Path file) throws IOException {
        List<String> nameless = new ArrayList<>();
        collectNameless(read(file), "", nameless);

        assertThat(nameless).as("nodes without an id; each is a verb phrase").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void takesAtMostSevenSteps(Path file) throws IOException {
        for (JsonNode element : read(file)) {
            JsonNode body = element.elements().next();
            JsonNode route = kind(element).equals("routeTemplate") ? body.path("route") : body;
            assertThat(route.path("from").path("steps").size()).isLessThanOrEqualTo(7);
        }
    }

    private static JsonNode read(Path file) throws IOException {
        return YAML.readTree(file.toFile());
    }

    private static String room(Path file) {
        return ROUTES.relativize(file).getName(0).toString();
    }

    private static String kind(JsonNode element) {
        return element.fieldNames().next();
    }

    private static void collectNameless(JsonNode node, String path, List<String> nameless) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String here = path + "/" + field.getKey();
            JsonNode value = field.getValue();
            switch (field.getKey()) {
                case "steps", "onException" -> {
                    for (JsonNode step : value.isArray() ? value : YAML.createArrayNode()) {
                        requireId(step.elements().next(), here + "/" + kind(step), nameless);
                    }
                }
                case "when" -> value.forEach(when -> requireId(when, here, nameless));
                case "from" -> requireId(value, here, nameless);
                default -> {}
            }
            collectNameless(value, here, nameless);
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collectNameless(node.get(i), path + "/" + i, nameless);
            }
        }
    }

    private static void requireId(JsonNode node, String path, List<String> nameless) {
        if (!node.path("id").asText().matches("[a-z][a-z0-9-]*")) {
            nameless.add(path);
        }
    }
}
