package dev.forgeway.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Set;

/**
 * Whether an object is one that Kubernetes takes: by the models of its own Java client, which are made from its OpenAPI
 * document and refuse fields that are unknown or missing; by a schema of ours ({@code kubernetes/<kind>.schema.json},
 * written from the documentation of KEDA and of the Prometheus operator) for what Kubernetes does not know by itself.
 */
final class KubernetesSchema {

    private static final Set<String> OF_OTHERS = Set.of("ScaledObject", "PodMonitor", "PrometheusRule");

    private KubernetesSchema() {}

    /** What is wrong with an object; empty when nothing is. */
    static List<String> mistakes(JsonNode object) {
        String kind = object.path("kind").asText();
        return OF_OTHERS.contains(kind) ? byOurSchema(kind, object) : byItsModel(kind, object);
    }

    private static List<String> byItsModel(String kind, JsonNode object) {
        try {
            Class<?> model = Class.forName("io.kubernetes.client.openapi.models.V1" + kind);
            model.getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, JsonParser.parseString(object.toString()));
            return List.of();
        } catch (InvocationTargetException e) {
            return List.of(kind + ": " + e.getTargetException().getMessage());
        } catch (ReflectiveOperationException e) {
            return List.of(kind + ": no such kind in version 1: " + e);
        }
    }

    private static List<String> byOurSchema(String kind, JsonNode object) {
        return schema(kind).validate(object).stream()
                .map(mistake -> kind + ": " + mistake.getMessage())
                .toList();
    }

    private static JsonSchema schema(String kind) {
        String file = "/kubernetes/" + kind + ".schema.json";
        try (InputStream in = KubernetesSchema.class.getResourceAsStream(file)) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
