package dev.forgeway.camel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.store.EventJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/** What the API says of itself (OpenAPI 3.1), and so what each of its operations knows. */
@Component
class ApiDescription {

    private final JsonNode description;

    ApiDescription(@Value("classpath:openapi.json") Resource description, EventJson json) throws IOException {
        this.description = json.readTree(description.getContentAsString(StandardCharsets.UTF_8));
    }

    JsonNode whole() {
        return description;
    }

    /** The names that the query of a request may have. */
    Set<String> parameters(Exchange exchange) {
        Set<String> names = new TreeSet<>();
        for (JsonNode named : operation(exchange).path("parameters")) {
            JsonNode parameter = followed(named);
            if (parameter.path("in").asText().equals("query")) {
                names.add(parameter.path("name").asText());
            }
        }
        return names;
    }

    /** The names that the members of the body of a request may have. */
    Set<String> members(Exchange exchange) {
        JsonNode content = operation(exchange).path("requestBody").path("content");
        JsonNode schema = followed(content.path("application/json").path("schema"));
        Set<String> names = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private JsonNode operation(Exchange exchange) {
        String path = ((PlatformHttpEndpoint) exchange.getFromEndpoint()).getPath();
        String method = AdminExchange.parameter(exchange, Exchange.HTTP_METHOD).equals("POST") ? "post" : "get";
        return description.path("paths").path(path).path(method);
    }

    /** What a reference leads to. */
    private JsonNode followed(JsonNode node) {
        return node.has("$ref") ? description.at(node.path("$ref").asText().substring(1)) : node;
    }
}
