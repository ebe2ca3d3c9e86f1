package dev.forgeway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules and dashboard ask for what Forgeway really tells, and every alert says what to do. */
class ObservabilityFilesTest {

    private static final Pattern METER = Pattern.compile("\\b(?:forgeway|camel)[_:]");
    private static final Pattern NAMESPACE = Pattern.compile("\\{namespace=~\"[$]namespace\"");
    private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern RECORDED = Pattern.compile("forgeway:[a-z0-9_:]+");

    @Test
    void everyRuleAsksForMetersThatThereAre() throws IOException {
        MeterTable meters = MeterTable.read();

        assertThat(meters.tags()).hasSizeGreaterThan(12);
        assertThat(AlertRules.read().expressions())
                .hasSizeGreaterThan(15)
                .allSatisfy(expression ->
                        assertThat(meters.unknownIn(expression)).as(expression).isEmpty());
    }

    @Test
    void everyPanelAsksForMetersThatThereAre() throws IOException {
        MeterTable meters = MeterTable.read();
        List<String> records = AlertRules.read().records();

        assertThat(dashboard()).hasSizeGreaterThan(15).allSatisfy(expression -> {
            assertThat(meters.unknownIn(expression)).as(expression).isEmpty();
            assertThat(RECORDED.matcher(expression).results().map(name -> name.group()))
                    .allMatch(records::contains);
        });
    }

    @Test
    void everyPanelSaysWhatItShowsInWhichUnitAndNamesItsLines() throws IOException {
        for (JsonNode panel : panels()) {
            String title = panel.path("title").asText();
            assertThat(panel.path("description").asText()).as(title).isNotEmpty();
            assertThat(panel.at("/fieldConfig/defaults/unit").asText())
                    .as(title)
                    .isNotEmpty();
            assertThat(panel.at("/options/legend/showLegend").asBoolean())
                    .as(title)
                    .isTrue();
            for (JsonNode target : panel.path("targets")) {
                List<String> grouped = MeterTable.grouped(target.path("expr").asText());
                assertThat(target.path("legendFormat").asText()).as(title).isNotEmpty();
                assertThat(LEGEND.matcher(target.path("legendFormat").asText())
                                .results()
                                .map(label -> label.group(1)))
                        .as(title)
                        .containsExactlyElementsOf(grouped.stream()
                                .filter(label -> !label.equals("le"))
                                .toList());
            }
        }
    }

    /** As rules do: two installations under one Prometheus are not one. */
    @Test
    void everyPanelAsksForTheInstallationThatIsChosen() throws IOException {
        assertThat(dashboard())
                .allSatisfy(expression -> assertThat(
                                NAMESPACE.matcher(expression).results())
                        .as(expression)
                        .hasSameSizeAs(METER.matcher(expression).results().toList()));
    }

    /** As records of a file of rules, with a length of time for Grafana's variable. */
    @Test
    void everyPanelAsksWhatPrometheusUnderstands(@TempDir Path folder) throws IOException, InterruptedException {
        Promtool.required();
        List<Map<String, String>> records = new ArrayList<>();
        for (String expression : dashboard()) {
            records.add(Map.of(
                    "record", "panel:query:" + records.size(), "expr", expression.replace("$__rate_interval", "5m")));
        }
        Path rules = folder.resolve("panels.yaml");
        new YAMLMapper()
                .writeValue(rules.toFile(), Map.of("groups", List.of(Map.of("name", "panels", "rules", records))));

        assertThat(Promtool.run("check", "rules", rules.toString())).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'sum by (handler) (rate(forgeway_handle_seconds_count[5m]))', ''",
        "'sum by (source) (rate(forgeway_handle_seconds_count[5m]))', 'by (source)'",
        "'rate(forgeway_handle_seconds_count{outcome=\"error\"}[5m])', ''",
        "'forgeway_handle_seconds_count{result=\"error\"}', 'forgeway_handle_seconds{result}'",
        "'forgeway_handled_seconds_count > 0', 'forgeway_handled_seconds'"
    })
    void aMeterThatIsNotThereIsNoticed(String expression, String unknown) throws IOException {
        assertThat(String.join(", ", MeterTable.read().unknownIn(expression))).isEqualTo(unknown);
    }

    @Test
    void everyAlertSaysWhatToDoAndHasATest() throws IOException {
        String operations = Files.readString(Path.of("docs/operations.md"));
        String tests = Files.readString(Path.of("observability/alerts.test.yaml"));

        for (JsonNode alert : AlertRules.read().alerts()) {
            String name = alert.path("alert").asText();
            assertThat(operations).contains("\n### " + name + "\n");
            assertThat(alert.at("/annotations/runbook").asText())
                    .isEqualTo("docs/operations.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(alert.at("/labels/severity").asText()).isIn("page", "ticket");
            assertThat(tests).containsPattern("alertname: " + name + "\\n +exp_alerts:\\n +- ");
        }
    }

    @Test
    void everyAlertOfTheDocumentIsThere() throws IOException {
        assertThat(Pattern.compile("(?m)^### (Forgeway\\w+)$")
                        .matcher(Files.readString(Path.of("docs/operations.md")))
                        .results()
                        .map(heading -> heading.group(1)))
                .containsExactlyInAnyOrderElementsOf(AlertRules.read().names());
    }

    @Test
    void theRulesFireAndRestAsPromtoolSees() throws InterruptedException {
        Promtool.required();

        assertThat(Promtool.run("check", "rules", "observability/alerts.yaml")).isZero();
        assertThat(Promtool.run("test", "rules", "observability/alerts.test.yaml"))
                .isZero();
    }

    private static List<JsonNode> panels() throws IOException {
        List<JsonNode> panels = new ArrayList<>();
        new ObjectMapper()
                .readTree(Path.of("observability/dashboard.json").toFile())
                .path("panels")
                .forEach(panels::add);
        return panels.stream()
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .toList();
    }

    private static List<String> dashboard() throws IOException {
        return new ObjectMapper()
                .readTree(Path.of("observability/dashboard.json").toFile())
                .findValuesAsText("expr");
    }
}
