package dev.forgeway.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.forgeway.admin.AdminApi;
import dev.forgeway.admin.AllowlistApi;
import dev.forgeway.admin.GapApi;
import dev.forgeway.admin.InstallationApi;
import dev.forgeway.admin.Problem;
import dev.forgeway.admin.ProjectApi;
import dev.forgeway.admin.Queues;
import dev.forgeway.admin.Reader;
import dev.forgeway.store.EventJson;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.util.UriUtils;

/** Turns a request of a person into a call of the {@link AdminApi}, and what comes back into JSON. */
@Component("adminExchange")
public class AdminExchange {

    private static final Logger LOG = LoggerFactory.getLogger(AdminExchange.class);

    private static final int INTERNAL_ERROR = 500;

    private static final String PROJECTS = "/api/projects/";

    private static final String NOT_STORABLE = "there is a character with the number 0, which cannot be stored";

    /** As JSON can say it, behind no backslash that makes of it something else. */
    private static final Pattern ZERO = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\u0000");

    private final AdminApi api;
    private final ProjectApi projects;
    private final InstallationApi installations;
    private final AllowlistApi allowlist;
    private final Queues queues;
    private final GapApi gaps;
    private final EventJson json;
    private final ApiDescription description;

    AdminExchange(
            AdminApi api,
            ProjectApi projects,
            InstallationApi installations,
            AllowlistApi allowlist,
            Queues queues,
            GapApi gaps,
            EventJson json,
            ApiDescription description) {
        this.api = api;
        this.projects = projects;
        this.installations = installations;
        this.allowlist = allowlist;
        this.queues = queues;
        this.gaps = gaps;
        this.json = json;
        this.description = description;
    }

    /** Describes the API itself. */
    public void describe(Exchange exchange) {
        parameters(exchange);
        answer(exchange, 200, description.whole());
    }

    public void deliveries(Exchange exchange) {
        answer(exchange, 200, api.deliveries(reader(exchange), parameters(exchange)));
    }

    public void delivery(Exchange exchange) {
        answer(exchange, 200, api.delivery(reader(exchange), parameter(exchange, "id")));
    }

    public void jobs(Exchange exchange) {
        answer(exchange, 200, api.jobs(reader(exchange), parameters(exchange)));
    }

    public void job(Exchange exchange) {
        answer(exchange, 200, api.job(reader(exchange), parameter(exchange, "id")));
    }

    public void projects(Exchange exchange) {
        answer(exchange, 200, projects.projects(reader(exchange), parameters(exchange)));
    }

    /** The key of a project has as many slashes as its namespace is deep, so that it is the whole rest of the path. */
    public void project(Exchange exchange) {
        String path = parameter(exchange, Exchange.HTTP_URI);
        String key = path.substring(path.indexOf(PROJECTS) + PROJECTS.length());
        answer(
                exchange,
                200,
                projects.project(reader(exchange), storable(UriUtils.decode(key, StandardCharsets.UTF_8))));
    }

    public void installations(Exchange exchange) {
        answer(exchange, 200, installations.installations(parameters(exchange)));
    }

    public void allowlist(Exchange exchange) {
        answer(exchange, 200, allowlist.list(reader(exchange), parameters(exchange)));
    }

    public void queues(Exchange exchange) {
        parameters(exchange);
        answer(exchange, 200, queues.all());
    }

    public void broker(Exchange exchange) {
        parameters(exchange);
        answer(exchange, 200, queues.broker());
    }

    public void gaps(Exchange exchange) {
        answer(exchange, 200, gaps.gaps(reader(exchange)));
    }

    /** Changes the allowlist; needs the admin token. */
    public void changeAllowlist(Exchange exchange) {
        String authorization = authorization(exchange);
        Map<String, String> change = order(exchange);
        answer(
                exchange,
                200,
                allowlist.change(
                        authorization,
                        new AllowlistApi.Change(
                                change.get("key"), change.get("status"), change.get("by"), change.get("note"))));
    }

    /** Answers by problem details (RFC 9457); what is a defect is logged and not told. */
    public void problem(Exchange exchange, Exception failure) {
        Problem problem = problem(failure);
        if (problem.status() == INTERNAL_ERROR) {
            LOG.error("A request of the API failed", failure);
        }
        answer(exchange, problem.status(), problem.body());
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/problem+json");
    }

    private static Problem problem(Exception failure) {
        if (failure instanceof Problem known) {
            return known;
        }
        boolean isAway = failure instanceof DataAccessResourceFailureException
                || failure instanceof TransientDataAccessException
                || failure instanceof TransactionException;
        return isAway ? Problem.unavailable("the database does not answer now") : Problem.internal();
    }

    /**
     * Who asks; with a wrong token, nobody.
     *
     * @throws Problem also when the address asks for what the operation does not know
     */
    Reader reader(Exchange exchange) {
        return api.reader(authorization(exchange));
    }

    /**
     * What is to prove who asks; null for nothing.
     *
     * @throws Problem when the address asks for what the operation does not know: it must not be left out
     */
    @Nullable
    String authorization(Exchange exchange) {
        parameters(exchange);
        return exchange.getMessage().getHeader("Authorization", String.class);
    }

    /**
     * What somebody orders, the members of the body as text; nothing where there is no body, so that the API names what is
     * missing.
     *
     * @throws Problem when it is no JSON object, when one of its members is no text or the description of the API does not
     *     know it, for nothing of an order must be left out, or when there is a character in it that no database takes
     */
    Map<String, String> order(Exchange exchange) {
        Set<String> known = description.members(exchange);
        Map<String, String> order = new HashMap<>();
        body(exchange).properties().forEach(member -> {
            String name = member.getKey();
            if (!known.contains(name)) {
                throw Problem.badRequest("unknown member " + name + "; there are " + String.join(", ", known));
            }
            if (!member.getValue().isValueNode() || member.getValue().isNull()) {
                throw Problem.badRequest(name + " must be a text, a number, or true or false");
            }
            order.put(name, member.getValue().asText());
        });
        return order;
    }

    private JsonNode body(Exchange exchange) {
        String text = exchange.getMessage().getBody(String.class);
        if (text == null || text.isBlank()) {
            return MissingNode.getInstance();
        }
        if (ZERO.matcher(text).find()) {
            throw Problem.badRequest(NOT_STORABLE);
        }
        try {
            JsonNode body = json.readTree(text);
            if (body.isObject()) {
                return body;
            }
        } catch (UncheckedIOException e) {
            throw Problem.badRequest("the body is no JSON");
        }
        throw Problem.badRequest("the body is no JSON object");
    }

    /**
     * What the address asks for by its query.
     *
     * @throws Problem when the description of the API does not know one of the names, or one is given twice
     */
    Map<String, String> parameters(Exchange exchange) {
        Set<String> known = description.parameters(exchange);
        Map<String, String> parameters = new HashMap<>();
        for (String pair : parameter(exchange, Exchange.HTTP_QUERY).split("&")) {
            String[] parts = pair.split("=", 2);
            String name = decode(parts[0]);
            if (name.isEmpty()) {
                continue;
            }
            if (!known.contains(name)) {
                throw Problem.badRequest("unknown parameter " + name + "; there are " + String.join(", ", known));
            }
            if (parameters.put(name, parts.length == 1 ? "" : decode(parts[1])) != null) {
                throw Problem.badRequest(name + " is given twice");
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return storable(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("the address is not encoded as one");
        }
    }

    static String parameter(Exchange exchange, String name) {
        return storable(exchange.getMessage().getHeader(name, "", String.class));
    }

    /** PostgreSQL takes no zero character (https://www.postgresql.org/docs/current/datatype-character.html). */
    private static String storable(String text) {
        if (text.indexOf('\0') >= 0) {
            throw Problem.badRequest(NOT_STORABLE);
        }
        return text;
    }

    void answer(Exchange exchange, int status, Object body) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(json.write(body));
    }
}
