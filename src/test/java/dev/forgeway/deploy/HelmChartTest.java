package dev.forgeway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart, rendered by Helm's own library. No cluster takes part. */
@EnabledOnOs(
        value = OS.LINUX,
        architectures = "amd64",
        disabledReason = "Helm's library is taken for Linux on amd64 alone")
class HelmChartTest {

    private static final Pattern QUEUE = Pattern.compile("<queue name=\"((?:deliveries|jobs\\..+|statuses))\"/>");
    private static final Pattern HANDLER = Pattern.compile("`(jobs\\..+?)` \\| (short|long)");
    private static final Pattern HEAP = Pattern.compile("--java-memory (\\d+)M\\b");
    private static final Pattern MATCH = Pattern.compile("queue=~\"([^\"]+)\"");

    @ParameterizedTest
    @ValueSource(strings = {"", "small.yaml", "external.yaml"})
    void isMadeOfObjectsThatKubernetesTakes(String values) {
        List<JsonNode> objects = Chart.of(values).objects();

        assertThat(objects).hasSizeGreaterThan(7);
        assertThat(objects.stream().flatMap(object -> KubernetesSchema.mistakes(object).stream()))
                .isEmpty();
        assertThat(objects.stream().map(HelmChartTest::identity)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"Deployment, /spec/template/spec/containers/0", "ScaledObject, /spec", "NetworkPolicy, /spec"})
    void aFieldThatKubernetesDoesNotKnowIsNoticed(String kind, String place) {
        JsonNode object = Chart.of("external.yaml").ofKind(kind).get(0);

        ((ObjectNode) object.at(place)).put("replics", 2);

        assertThat(KubernetesSchema.mistakes(object))
                .hasSize(1)
                .first()
                .asString()
                .contains("replics");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "small.yaml", "external.yaml"})
    void runsNothingAsRootAndWritesNothingIntoAnImage(String values) {
        for (JsonNode pod : Chart.of(values).pods()) {
            JsonNode spec = pod.path("spec");
            assertThat(spec.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(spec.at("/securityContext/runAsUser").asInt()).isPositive();
            assertThat(spec.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(spec.path("automountServiceAccountToken").asBoolean(true))
                    .isFalse();
            for (JsonNode container : spec.path("containers")) {
                JsonNode security = container.path("securityContext");
                assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                        .isFalse();
                assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
                assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
                assertThat(container.at("/resources/requests/cpu").asText()).isNotEmpty();
                assertThat(container.fieldNames())
                        .toIterable()
                        .contains("startupProbe", "livenessProbe", "readinessProbe");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "small.yaml", "external.yaml"})
    void readsSecretsByReferenceOnly(String values) {
        Chart chart = Chart.of(values);

        assertThat(chart.ofKind("Secret")).isEmpty();
        for (JsonNode pod : chart.pods()) {
            assertThat(pod.findValues("secretKeyRef").size()
                            + pod.findValues("secretName").size())
                    .as("secrets of %s", pod)
                    .isPositive();
            for (JsonNode variable : pod.at("/spec/containers/0/env")) {
                if (variable.path("name").asText().matches(".*(PASSWORD|TOKEN|SECRET|KEY).*")) {
                    assertThat(variable.has("value")).as(variable.toString()).isFalse();
                    assertThat(variable.at("/valueFrom/secretKeyRef/name").asText())
                            .isNotEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"ingest, forgeway-ingest", "decide, forgeway-all"})
    void givesAProcessASecretOfItsOwnWhereOneIsNamed(String process, String secret) {
        JsonNode volumes = Chart.of("external.yaml")
                .only("Deployment", "try-forgeway-" + process)
                .at("/spec/template/spec/volumes");

        assertThat(volumes.findValuesAsText("secretName")).contains(secret, "broker-trust");
    }

    @ParameterizedTest
    @CsvSource({"ingest, forgeway-ingest", "decide, forgeway"})
    void givesAProcessAnAccountOfItsOwnOnTheBrokerWhereOneIsNamed(String process, String user) {
        JsonNode variables = Chart.of("external.yaml")
                .only("Deployment", "try-forgeway-" + process)
                .at("/spec/template/spec/containers/0/env");

        assertThat(variables)
                .filteredOn(variable -> variable.path("name").asText().equals("FORGEWAY_BROKER_USER"))
                .singleElement()
                .satisfies(
                        variable -> assertThat(variable.path("value").asText()).isEqualTo(user));
    }

    /** Clones and source packages of long jobs are on volumes that end with the pod, which ends when they are full. */
    @ParameterizedTest
    @CsvSource({"'', handle-long, 8Gi", "'', report, 256Mi", "small.yaml, all, 8Gi"})
    void leavesRoomForWhatAProcessWorksOn(String values, String process, String room) {
        JsonNode volumes =
                Chart.of(values).only("Deployment", "try-forgeway-" + process).at("/spec/template/spec/volumes");

        assertThat(volumes.findValuesAsText("sizeLimit")).containsExactly(room, room);
    }

    /** Where a namespace limits it, what a process writes counts. */
    @Test
    void letsAProcessAskForTheDiskThatItWorksOn() {
        assertThat(Chart.of("", Map.of("processes.handle-long.resources.limits.ephemeral-storage", "16Gi"))
                        .only("Deployment", "try-forgeway-handle-long")
                        .at("/spec/template/spec/containers/0/resources/limits/ephemeral-storage")
                        .asText())
                .isEqualTo("16Gi");
    }

    /** Every process starts with what the chart gives it, as far as settings go. */
    @ParameterizedTest
    @ValueSource(strings = {"", "small.yaml", "external.yaml"})
    void givesEveryProcessSettingsThatItTakes(String values) throws IOException {
        Chart chart = Chart.of(
                values,
                Map.of(
                        "config.forgeway.service\\.copr\\.owner", "packit",
                        "config.forgeway.forge\\.github\\.app-id", "123456"));
        String settings = chart.only("ConfigMap", "try-forgeway")
                .at("/data/application.yaml")
                .asText();

        for (JsonNode deployment : chart.ofKind("Deployment")) {
            DeployedSettings deployed =
                    DeployedSettings.of(deployment.at("/spec/template/spec/containers/0/env"), settings);

            assertThat(catchThrowable(deployed::bind)).as(identity(deployment)).isNull();
        }
    }

    @Test
    void letsEveryRoleRunSomewhereAndTheTwoClassesOfHandlersApart() {
        Map<String, String> roles = new TreeMap<>();
        Map<String, String> classes = new TreeMap<>();
        for (JsonNode deployment : Chart.of("").ofKind("Deployment")) {
            for (JsonNode variable : deployment.at("/spec/template/spec/containers/0/env")) {
                String process = deployment.at("/metadata/name").asText();
                String value = variable.path("value").asText();
                if (variable.path("name").asText().equals("FORGEWAY_ROLES")) {
                    roles.put(process, value);
                } else if (variable.path("name").asText().equals("FORGEWAY_HANDLE_CLASSES")) {
                    classes.put(process, value);
                }
            }
        }

        assertThat(roles.values())
                .containsExactlyInAnyOrder("ingest", "decide", "handle", "handle", "report", "schedule", "admin");
        assertThat(classes)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("try-forgeway-handle-short", "short", "try-forgeway-handle-long", "long"));
    }

    @Test
    void scalesOneProcessByEachQueueByWhatWaitsAndForHowLong() throws IOException {
        List<Pattern> byDepth = new ArrayList<>();
        List<Pattern> byAge = new ArrayList<>();
        for (JsonNode scaled : Chart.of("external.yaml").ofKind("ScaledObject")) {
            byDepth.add(queuesOf(scaled.at("/spec/triggers/0/metadata/query").asText(), "forgeway_queue_messages"));
            byAge.add(queuesOf(scaled.at("/spec/triggers/1/metadata/query").asText(), "forgeway_queue_oldest_seconds"));
        }

        List<String> queues = QUEUE.matcher(Files.readString(Path.of("artemis/broker.xml")))
                .results()
                .map(queue -> queue.group(1))
                .toList();
        assertThat(queues).hasSizeGreaterThan(4).allSatisfy(queue -> {
            assertThat(byDepth.stream().filter(pattern -> pattern.matcher(queue).matches()))
                    .as(queue)
                    .hasSize(1);
            assertThat(byAge.stream().filter(pattern -> pattern.matcher(queue).matches()))
                    .as(queue)
                    .hasSize(1);
        });
    }

    @Test
    void scalesTheProcessThatWorksOnAQueue() throws IOException {
        Map<String, Pattern> byProcess = new TreeMap<>();
        for (JsonNode scaled : Chart.of("external.yaml").ofKind("ScaledObject")) {
            byProcess.put(
                    scaled.at("/spec/scaleTargetRef/name").asText(),
                    queuesOf(scaled.at("/spec/triggers/0/metadata/query").asText(), "forgeway_queue_messages"));
        }
        List<MatchResult> handlers = HANDLER.matcher(
                        Files.readString(Path.of("docs/handlers.md")) + "`jobs.keep-releases` | short")
                .results()
                .toList();

        assertThat(handlers)
                .hasSizeGreaterThan(4)
                .allSatisfy(handler -> assertThat(byProcess)
                        .extractingByKey("try-forgeway-handle-" + handler.group(2))
                        .matches(pattern -> pattern.matcher(handler.group(1)).matches(), handler.group()));
    }

    @Test
    void scalesForWhatWaitsNowAndNobodyPaused(@TempDir Path folder) throws IOException, InterruptedException {
        Promtool.required();
        Chart chart = Chart.of("external.yaml");
        String tests = """
                tests:
                - interval: 1m
                  input_series:
                  - {series: 'forgeway_queue_messages{queue="jobs.copr-build",namespace="forge",pod="a"}', values: 120x9}
                  - {series: 'forgeway_queue_scheduled{queue="jobs.copr-build",namespace="forge",pod="a"}', values: 100x9}
                  - {series: 'forgeway_queue_oldest_seconds{queue="jobs.copr-build",namespace="forge",pod="a"}', values: 40x9}
                  - {series: 'forgeway_queue_messages{queue="jobs.help",namespace="forge",pod="a"}', values: 5x9}
                  - {series: 'forgeway_queue_scheduled{queue="jobs.help",namespace="forge",pod="a"}', values: 0x9}
                  - {series: 'forgeway_queue_messages{queue="jobs.help",namespace="forge",pod="b"}', values: 4x9}
                  - {series: 'forgeway_queue_scheduled{queue="jobs.help",namespace="forge",pod="b"}', values: 0x9}
                  - {series: 'forgeway_queue_paused{queue="jobs.help",namespace="forge",pod="a"}', values: 0x9}
                  - {series: 'forgeway_queue_messages{queue="jobs.help",namespace="other",pod="c"}', values: 900x9}
                  - {series: 'forgeway_queue_scheduled{queue="jobs.help",namespace="other",pod="c"}', values: 0x9}
                  - {series: 'forgeway_queue_messages{queue="jobs.tests",namespace="forge",pod="a"}', values: 300x9}
                  - {series: 'forgeway_queue_scheduled{queue="jobs.tests",namespace="forge",pod="a"}', values: 0x9}
                  - {series: 'forgeway_queue_oldest_seconds{queue="jobs.tests",namespace="forge",pod="a"}', values: 4000x9}
                  - {series: 'forgeway_queue_paused{queue="jobs.tests",namespace="forge",pod="a"}', values: 0x9}
                  - {series: 'forgeway_queue_paused{queue="jobs.tests",namespace="forge",pod="b"}', values: 1x9}
                  - {series: 'forgeway_queue_messages{queue="jobs.koji-build",namespace="forge",pod="a"}', values: 70x9}
                  - {series: 'forgeway_queue_scheduled{queue="jobs.koji-build",namespace="forge",pod="a"}', values: 0x9}
                  - {series: 'forgeway_queue_paused{queue="jobs.koji-build",namespace="forge",pod="a"}', values: 1x9}
                  promql_expr_test:
                """
                + expects(chart, "handle-short", 0, "[{labels: '{}', value: 25}]")
                + expects(chart, "handle-short", 1, "[{labels: '{}', value: 40}]")
                + expects(chart, "handle-long", 0, "[]");

        assertThat(Promtool.run(
                        "test",
                        "rules",
                        Files.writeString(folder.resolve("scaling.yaml"), tests).toString()))
                .isZero();
    }

    /** What Prometheus is to answer a trigger of the scaler of a process; nothing counts as zero there. */
    private static String expects(Chart chart, String process, int trigger, String samples) {
        String query = chart.only("ScaledObject", "try-forgeway-" + process)
                .at("/spec/triggers/" + trigger + "/metadata/query")
                .asText();
        return "  - {expr: '" + query + "', eval_time: 5m, exp_samples: " + samples + "}\n";
    }

    @Test
    void leavesTheReplicasOfAScaledProcessToTheScaler() {
        assertThat(Chart.of("external.yaml")
                        .only("Deployment", "try-forgeway-decide")
                        .at("/spec")
                        .has("replicas"))
                .isFalse();
        assertThat(Chart.of("")
                        .only("Deployment", "try-forgeway-decide")
                        .at("/spec/replicas")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void keepsTheManagementPortForProbesAndPrometheus() {
        Chart chart = Chart.of("external.yaml");

        for (JsonNode service : chart.ofKind("Service")) {
            assertThat(service.findValuesAsText("targetPort")).doesNotContain("management", "8081");
        }
        for (JsonNode policy : chart.ofKind("NetworkPolicy")) {
            List<JsonNode> toManagement = new ArrayList<>();
            policy.at("/spec/ingress").forEach(rule -> {
                if (rule.findValuesAsText("port").contains("management")) {
                    toManagement.add(rule);
                }
            });
            assertThat(toManagement)
                    .as(policy.toString())
                    .singleElement()
                    .satisfies(rule -> assertThat(rule.findValuesAsText("kubernetes.io/metadata.name"))
                            .containsExactly("monitoring"));
        }
        assertThat(chart.ofKind("NetworkPolicy")).hasSameSizeAs(chart.ofKind("Deployment"));
    }

    /** DNS, the broker, the database, and the ports of forges and buses; of the bundled ones only their pods. */
    @ParameterizedTest
    @CsvSource({"'', 61616", "external.yaml, 61617"})
    void letsProcessesOutToWhatTheyNeedAndNoFurther(String values, int brokerPort) {
        Chart chart = Chart.of(values);

        for (JsonNode deployment : chart.ofKind("Deployment")) {
            JsonNode out = egress(chart, deployment);
            assertThat(out.findValues("port").stream().map(JsonNode::asInt))
                    .containsExactly(53, 53, brokerPort, 5432, 443, 5671, 8883);
            assertThat(out.path(1).path("to").findValuesAsText("app.kubernetes.io/component"))
                    .isEqualTo(values.isEmpty() ? List.of("broker") : List.of());
            assertThat(out.path(2).path("to").findValuesAsText("app.kubernetes.io/component"))
                    .isEqualTo(values.isEmpty() ? List.of("database") : List.of());
        }
    }

    /** Over both versions of IP, but not to what tells the machine of a cloud who it is. */
    @Test
    void letsProcessesOutToForgesButNotToTheirCloud() {
        Chart chart = Chart.of("");

        for (JsonNode deployment : chart.ofKind("Deployment")) {
            JsonNode outside = egress(chart, deployment).path(3).path("to");
            assertThat(outside.findValuesAsText("cidr")).containsExactly("0.0.0.0/0", "::/0");
            assertThat(outside.at("/0/ipBlock/except/0").asText()).isEqualTo("169.254.0.0/16");
            assertThat(outside.at("/1/ipBlock/except/0").asText()).isEqualTo("fd00:ec2::254/128");
        }
    }

    @Test
    void letsProcessesOutToABrokerAndADatabaseOfTheOperatorAlone() {
        Chart chart = Chart.of("external.yaml");

        for (JsonNode deployment : chart.ofKind("Deployment")) {
            JsonNode out = egress(chart, deployment);
            assertThat(out.path(1).findValuesAsText("cidr")).containsExactly("10.20.0.11/32", "10.20.0.12/32");
            assertThat(out.path(2).findValuesAsText("cidr")).containsExactly("10.20.0.21/32");
        }
    }

    /** A list of the operator replaces that of the chart, where maps would be merged. */
    @Test
    void takesTheOperatorsWordForWhoIsWhere() {
        Chart chart = Chart.of(
                "",
                Map.of(
                        "networkPolicy.toDns[0].podSelector.matchLabels.dns", "default",
                        "networkPolicy.dnsPort", "5353",
                        "networkPolicy.fromSenders[0].ipBlock.cidr", "10.0.0.0/8"));
        JsonNode policy = chart.only("NetworkPolicy", "try-forgeway-ingest").path("spec");

        assertThat(policy.at("/egress/0/to").toString())
                .isEqualTo("[{\"podSelector\":{\"matchLabels\":{\"dns\":\"default\"}}}]");
        assertThat(policy.at("/egress/0/ports").findValuesAsText("port")).containsExactly("5353", "5353");
        assertThat(policy.at("/ingress/0/from").toString()).isEqualTo("[{\"ipBlock\":{\"cidr\":\"10.0.0.0/8\"}}]");
        assertThat(chart.ofKind("NetworkPolicy").stream().flatMap(object -> KubernetesSchema.mistakes(object).stream()))
                .isEmpty();
    }

    private static JsonNode egress(Chart chart, JsonNode deployment) {
        return chart.only("NetworkPolicy", deployment.at("/metadata/name").asText())
                .at("/spec/egress");
    }

    @ParameterizedTest
    @CsvSource({"broker, 61616", "database, 5432"})
    void letsNobodyButProcessesOfThisInstallationToWhatIsBundled(String part, int port) {
        JsonNode policy =
                Chart.of("").only("NetworkPolicy", "try-forgeway-" + part).path("spec");

        assertThat(policy.path("egress")).isEmpty();
        assertThat(policy.path("policyTypes").toString()).contains("Egress");
        assertThat(policy.path("ingress")).singleElement().satisfies(rule -> {
            assertThat(rule.findValuesAsText("port")).containsExactly(Integer.toString(port));
            assertThat(rule.findValuesAsText("app.kubernetes.io/instance")).containsExactly("try");
        });
    }

    /** One more that takes from a bus, with the certificate for it and no secret of webhooks, gets none. */
    @Test
    void leadsWebhooksToTheProcessThatIsNamedForThem() {
        JsonNode paths = Chart.of(
                        "external.yaml",
                        Map.of(
                                "processes.ingest-bus.roles[0]", "ingest",
                                "processes.ingest-bus.replicas", "1",
                                "processes.ingest-bus.resources.requests.memory", "1Gi",
                                "processes.ingest-bus.resources.limits.memory", "1Gi"))
                .only("Ingress", "try-forgeway")
                .at("/spec/rules/0/http/paths");

        assertThat(paths.findValues("service").stream()
                        .map(service -> service.path("name").asText()))
                .containsExactly("try-forgeway-ingest", "try-forgeway-admin");
    }

    /** Prometheus' operator takes what has the labels that its Prometheus asks for. */
    @ParameterizedTest
    @ValueSource(strings = {"PodMonitor", "PrometheusRule"})
    void givesMonitorsAndRulesTheLabelsThatPrometheusChoosesBy(String kind) {
        assertThat(Chart.of("external.yaml").ofKind(kind))
                .singleElement()
                .satisfies(object -> assertThat(
                                object.at("/metadata/labels/release").asText())
                        .isEqualTo("kube-prometheus-stack"));
    }

    /** All values are described where they are set: in values.yaml. */
    @Test
    void describesEveryValueThatItTakes() throws IOException {
        JsonNode values =
                new YAMLMapper().readTree(Chart.FOLDER.resolve("values.yaml").toFile());
        JsonNode schema = new YAMLMapper()
                .readTree(Chart.FOLDER.resolve("values.schema.json").toFile());
        String text = Files.readString(Chart.FOLDER.resolve("values.yaml"));

        assertThat(values.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(names(schema.path("properties")).stream()
                        .filter(name -> !name.equals("global"))
                        .toList());
        schema.path("properties")
                .properties()
                .forEach(part -> assertThat(names(part.getValue().path("properties")))
                        .allSatisfy(
                                name -> assertThat(values.path(part.getKey()).has(name))
                                        .as(part.getKey() + "." + name)
                                        .isTrue()));
        assertThat(names(schema.at("/$defs/process/properties")))
                .allSatisfy(name -> assertThat(text).containsPattern("\\b" + name + "\\b"));
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void keepsOneOfTwoWhileNodesAreEmptied() {
        List<String> guarded = Chart.of("").ofKind("PodDisruptionBudget").stream()
                .map(budget -> budget.at("/metadata/name").asText())
                .toList();

        assertThat(guarded)
                .contains("try-forgeway-ingest", "try-forgeway-decide", "try-forgeway-report")
                .doesNotContain("try-forgeway-schedule");
    }

    /** PostgreSQL refuses whoever comes after the last connection, and a process that gets none does not start. */
    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void hasRoomInTheBundledDatabaseForAllConnectionsOfAllProcesses(String scaled) {
        Chart chart = Chart.of("", Map.of("scaling.enabled", scaled));
        Map<String, Integer> most = new TreeMap<>();
        chart.ofKind("ScaledObject")
                .forEach(object -> most.put(
                        object.at("/spec/scaleTargetRef/name").asText(),
                        object.at("/spec/maxReplicaCount").asInt()));
        int connections = 0;
        for (JsonNode deployment : chart.ofKind("Deployment")) {
            int replicas = most.getOrDefault(
                    deployment.at("/metadata/name").asText(),
                    deployment.at("/spec/replicas").asInt());
            int whileReplaced =
                    deployment.at("/spec/strategy/rollingUpdate/maxSurge").asInt();
            connections += (replicas + whileReplaced)
                    * Integer.parseInt(valueOf(deployment, "SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE"));
        }

        assertThat(connections).isPositive();
        assertThat(chart.only("StatefulSet", "try-forgeway-database")
                        .at("/spec/template/spec/containers/0/args/1")
                        .asText())
                .isEqualTo("max_connections=" + (connections + 10));
    }

    private static String valueOf(JsonNode deployment, String variable) {
        for (JsonNode one : deployment.at("/spec/template/spec/containers/0/env")) {
            if (one.path("name").asText().equals(variable)) {
                return one.path("value").asText();
            }
        }
        throw new AssertionError("no " + variable + " in " + identity(deployment));
    }

    /** Artemis takes a heap of 2 GB unless it is told otherwise, whatever the limit of its container is. */
    @Test
    void leavesRoomBesideTheHeapOfTheBundledBroker() {
        JsonNode broker =
                Chart.of("").only("StatefulSet", "try-forgeway-broker").at("/spec/template/spec/containers/0");
        Matcher heap = HEAP.matcher(broker.path("env").toString());

        assertThat(heap.find()).isTrue();
        assertThat(broker.at("/resources/limits/memory").asText()).isEqualTo("2Gi");
        assertThat(Integer.parseInt(heap.group(1))).isLessThan(2048 * 3 / 4);
    }

    @Test
    void runsTheBundledBrokerWithTheFileOfTheEmbeddedOne() throws IOException {
        assertThat(Chart.of("")
                        .only("ConfigMap", "try-forgeway-broker")
                        .at("/data/broker.xml")
                        .asText())
                .isEqualToIgnoringWhitespace(Files.readString(Path.of("artemis/broker.xml")));
        assertThat(Chart.of("external.yaml").ofKind("StatefulSet")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "config.forgeway.admin.token, hunter2, 'token'",
        "config.spring.datasource.password, hunter2, 'password'",
        "processes.ingest.roles[0], cook, 'roles'",
        "broker.passwort, hunter2, 'passwort'",
        "processes.ingest.workSpace, much, 'workSpace'",
        "networkPolicy.brokerPort, 70000, 'brokerPort'",
        "networkPolicy.toBroker[0].host, broker.example.org, 'toBroker'",
        "database.bundled.heap, 1G, 'heap'",
        "stopWithin, 10, 'stopWithin'"
    })
    void refusesValuesThatItDoesNotKnow(String key, String value, String named) {
        assertThatThrownBy(() -> Chart.of("", Map.of(key, value))).hasMessageContaining(named);
    }

    /** Their objects would have the names of those of the bundled broker and database. */
    @ParameterizedTest
    @ValueSource(strings = {"broker", "database"})
    void refusesAProcessThatIsNamedLikeAnotherPart(String name) {
        assertThatThrownBy(() -> Chart.of(
                        "",
                        Map.of(
                                "processes." + name + ".roles[0]", "ingest",
                                "processes." + name + ".replicas", "1",
                                "processes." + name + ".resources.requests.memory", "1Gi",
                                "processes." + name + ".resources.limits.memory", "1Gi")))
                .hasMessageContaining("invalid propertyName '" + name + "'");
    }

    @Test
    void asksForTheBrokerThatIsNotBundled() {
        assertThatThrownBy(() -> Chart.of("", Map.of("broker.bundled.enabled", "false")))
                .hasMessageContaining("broker.url");
    }

    private static Pattern queuesOf(String query, String metric) {
        assertThat(query).contains(metric);
        Matcher match = MATCH.matcher(query);
        assertThat(match.find()).as(query).isTrue();
        return Pattern.compile(match.group(1));
    }

    private static String identity(JsonNode object) {
        return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
    }
}
