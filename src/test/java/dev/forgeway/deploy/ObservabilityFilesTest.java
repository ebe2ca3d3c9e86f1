package dev.forgeway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules and dashboard ask for what Forgeway really tells, and every alert says what to do. */
class ObservabilityFilesTest {

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

    @ParameterizedTest
    @CsvSource({
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

    private static List<String> dashboard() throws IOException {
        return new ObjectMapper()
                .readTree(Path.of("observability/dashboard.json").toFile())
                .findValuesAsText("expr");
    }
}
