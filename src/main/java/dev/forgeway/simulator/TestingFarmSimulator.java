package dev.forgeway.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Testing Farm: the part of its API version 0.1 (https://api.testing-farm.io/redoc) that somebody who requests tests needs,
 * and the notifications that it sends. A request moves on by itself, one {@link #step} at a time, or by hand.
 */
public final class TestingFarmSimulator extends HttpSimulator {

    /**
     * A request as it stands now.
     *
     * @param body what was requested
     * @param state in Testing Farm's words
     * @param overall the result, once it is complete
     */
    public record Tests(
            String id,
            JsonNode body,
            String state,
            @Nullable String overall,
            @Nullable String summary,
            Instant created) {

        /** The only environment that was requested. */
        public JsonNode environment() {
            return body.path("environments").path(0);
        }

        Tests moved(String newState, @Nullable String newOverall, @Nullable String newSummary) {
            return new Tests(id, body, newState, newOverall, newSummary, created);
        }

        boolean isOver() {
            return OVER.contains(state);
        }
    }

    private static final Set<String> OVER = Set.of("complete", "error", "canceled");
    private static final Set<String> ARCHITECTURES = Set.of("x86_64", "aarch64", "ppc64le", "s390x");
    private static final String API_KEY = "simulated-api-key";
    private static final String ROOT = "/v0.1/requests";

    private final Map<String, Tests> requests = new LinkedHashMap<>();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    private final TestingFarmNotifications notifications = new TestingFarmNotifications();
    private volatile @Nullable Duration step;

    /** A Testing Farm on any free port, whose requests move by hand. */
    public TestingFarmSimulator() {
        super(0);
        route("POST", ROOT, this::create);
        route("GET", ROOT, this::list);
        route("GET", ROOT + "/{id}", request -> Response.json(200, json(known(request))));
        route("DELETE", ROOT + "/{id}", this::cancel);
        startListening();
    }

    /** The root of the API. */
    public String apiUrl() {
        return url() + "/v0.1";
    }

    /** The key of the only account. */
    public String apiKey() {
        return API_KEY;
    }

    /** Notifications to this host go to a port of this machine, as if a name server said so. */
    public TestingFarmSimulator resolve(String host, int port) {
        notifications.resolve(host, port);
        return this;
    }

    /** From now on requests run and pass by themselves, and take this long from each state to the next. */
    public TestingFarmSimulator step(Duration length) {
        this.step = length;
        return this;
    }

    /** All requests, oldest first. */
    public synchronized List<Tests> requests() {
        return List.copyOf(requests.values());
    }

    /** The tests begin. What is over stays as it is. */
    public void run(String id) {
        move(id, tests -> tests.moved("running", null, null));
    }

    /** The tests are over: passed, failed, skipped, error, unknown, needs_inspection. */
    public void complete(String id, String overall) {
        complete(id, overall, null);
    }

    /** @param summary what Testing Farm says about it */
    public void complete(String id, String overall, @Nullable String summary) {
        move(id, tests -> tests.moved("complete", overall, summary));
    }

    /** Testing Farm itself fails. */
    public void fail(String id, String summary) {
        move(id, tests -> tests.moved("error", "error", summary));
    }

    /** From now on nobody hears of a request by itself, as when its notifications are lost. */
    public void loseNotifications(String id) {
        lost.add(id);
    }

    /** Nobody knows a request any more. */
    public synchronized void forget(String id) {
        requests.remove(id);
    }

    /** Tells once more that there is news, as after a repetition on the way. */
    public void notifyAgain(String id) {
        tell(find(id).orElseThrow());
    }

    @Override
    public void close() {
        notifications.close();
        super.close();
    }

    @Override
    Response unknownPath(Request request) {
        return Response.json(404, Map.of("detail", "Not Found"));
    }

    private Response create(Request request) {
        authenticate(request);
        JsonNode body = request.json();
        List<Map<String, @Nullable Object>> mistakes = mistakes(body);
        if (!mistakes.isEmpty()) {
            return Response.json(422, Map.of("detail", mistakes));
        }
        Tests made = new Tests(
                UUID.randomUUID().toString(),
                body,
                "new",
                null,
                null,
                Instant.now().truncatedTo(ChronoUnit.MICROS));
        synchronized (this) {
            requests.put(made.id(), made);
        }
        Duration length = step;
        if (length != null) {
            notifications.later(length, () -> run(made.id()));
            notifications.later(length.multipliedBy(2), () -> complete(made.id(), "passed"));
        }
        return Response.json(200, json(made));
    }

    private static List<Map<String, @Nullable Object>> mistakes(JsonNode body) {
        List<Map<String, @Nullable Object>> mistakes = new ArrayList<>();
        if (body.at("/test/tmt/url").asText().isEmpty()) {
            mistakes.add(mistake(List.of("body", "test", "tmt", "url"), "field required"));
        }
        for (int i = 0; i < body.path("environments").size(); i++) {
            String arch = body.path("environments").path(i).path("arch").asText();
            if (!ARCHITECTURES.contains(arch)) {
                mistakes.add(mistake(List.of("body", "environments", i, "arch"), "unsupported architecture " + arch));
            }
        }
        return mistakes;
    }

    private static Map<String, @Nullable Object> mistake(List<Object> place, String what) {
        return Json.object("loc", place, "msg", what, "type", "value_error");
    }

    /** With a key, the caller's own requests; dates are compared as texts of one form. */
    private Response list(Request request) {
        authenticate(request);
        String after = request.query().getOrDefault("created_after", "");
        String state = request.query().get("state");
        return Response.json(
                200,
                requests().stream()
                        .filter(tests -> time(tests.created()).compareTo(after) > 0)
                        .filter(tests -> state == null || tests.state().equals(state))
                        .map(TestingFarmSimulator::json)
                        .toList());
    }

    private Response cancel(Request request) {
        authenticate(request);
        Tests tests = known(request);
        if (tests.isOver()) {
            return tests.state().equals("canceled")
                    ? new Response(204, Map.of(), "")
                    : Response.json(409, Map.of("detail", "Request already finished"));
        }
        move(tests.id(), found -> found.moved("canceled", null, null));
        return Response.json(200, json(known(request)));
    }

    private void move(String id, UnaryOperator<Tests> change) {
        Tests changed;
        synchronized (this) {
            Tests before = find(id).orElseThrow();
            if (before.isOver()) {
                return;
            }
            changed = change.apply(before);
            requests.put(id, changed);
        }
        if (!lost.contains(id)) {
            tell(changed);
        }
    }

    private void tell(Tests tests) {
        JsonNode webhook = tests.body().at("/notification/webhook");
        if (!webhook.path("url").asText().isEmpty()) {
            notifications.send(
                    tests.id(),
                    webhook.path("url").asText(),
                    webhook.path("token").asText());
        }
    }

    private synchronized Optional<Tests> find(String id) {
        return Optional.ofNullable(requests.get(id));
    }

    private Tests known(Request request) {
        return find(request.parameter("id"))
                .orElseThrow(() -> new Refusal(Response.json(404, Map.of("detail", "Request not found"))));
    }

    private void authenticate(Request request) {
        if (!("Bearer " + API_KEY).equals(request.header("authorization"))) {
            throw new Refusal(Response.json(401, Map.of("detail", "Not authorized")));
        }
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "");
    }

    private static Map<String, @Nullable Object> json(Tests tests) {
        boolean began = !tests.state().equals("new") && !tests.state().equals("queued");
        String artifacts = "https://artifacts.testing-farm.example/" + tests.id();
        Map<String, @Nullable Object> result = tests.overall() == null
                ? null
                : Json.object(
                        "overall",
                        tests.overall(),
                        "summary",
                        tests.summary(),
                        "xunit_url",
                        artifacts + "/results.xml");
        Map<String, @Nullable Object> all =
                Json.object("id", tests.id(), "test", Json.plain(tests.body().path("test")));
        all.putAll(Json.object("state", tests.state(), "result", result));
        all.put("environments_requested", Json.plain(tests.body().path("environments")));
        all.put("run", began ? Json.object("artifacts", artifacts, "console", null, "stages", List.of()) : null);
        all.put("created", time(tests.created()));
        return all;
    }
}
