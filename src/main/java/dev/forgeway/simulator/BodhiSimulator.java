package dev.forgeway.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bodhi: its updates, with the login that they take, and the list of releases (https://bodhi.fedoraproject.org/docs/server_api/rest/releases.html), in pages of 20 unless
 * asked otherwise.
 */
public final class BodhiSimulator extends HttpSimulator {

    private static final int PAGE = 20;
    private static final int LARGEST_PAGE = 100;

    private record Release(String name, String longName, String idPrefix, String version, String state) {}

    private static final String TOKEN = "simulated-access-token";
    private static final String TICKET = "auth_tkt=simulated-ticket";
    private static final String CSRF = "simulated-csrf-token";

    private final Map<String, String> updates = new LinkedHashMap<>();
    private final Map<String, String> ofSideTags = new LinkedHashMap<>();
    private final Map<String, Release> releases = new LinkedHashMap<>();

    /** A Bodhi on any free port that knows what the real one knew on 24 November 2026. */
    public BodhiSimulator() {
        this(0);
    }

    /** @param port 0 takes any free one */
    public BodhiSimulator(int port) {
        super(port);
        fedora("42", "archived");
        fedora("43", "current").fedora("44", "current").fedora("45", "current").fedora("46", "pending");
        release(new Release("ELN", "Fedora ELN", "FEDORA", "eln", "current"));
        release(new Release("F45F", "Fedora 45 Flatpaks", "FEDORA-FLATPAK", "45", "current"));
        epel("8", "current").epel("9", "current").epel("10.1", "current").epel("10.2", "pending");
        release(new Release("EPEL-9N", "Fedora EPEL 9 Next", "FEDORA-EPEL-NEXT", "9", "current"));
        route("GET", "/releases/", this::list);
        route("GET", "/oidc/login-token", this::login);
        route(
                "GET",
                "/csrf",
                request -> authenticated(
                        request,
                        () -> Response.json(200, Map.of("csrf_token", CSRF))
                                .with("Set-Cookie", "session=" + CSRF + "; Path=/; HttpOnly")));
        route("GET", "/updates/", this::findUpdates);
        route("POST", "/updates/", request -> authenticated(request, () -> createUpdate(request)));
        startListening();
    }

    /** A release of Fedora, new or with another state: disabled, pending, frozen, current, archived. */
    public BodhiSimulator fedora(String version, String state) {
        return release(new Release("F" + version, "Fedora " + version, "FEDORA", version, state));
    }

    /** A release of EPEL, new or with another state. */
    public BodhiSimulator epel(String version, String state) {
        return release(new Release("EPEL-" + version, "Fedora EPEL " + version, "FEDORA-EPEL", version, state));
    }

    private synchronized BodhiSimulator release(Release release) {
        releases.put(release.name(), release);
        return this;
    }

    /** The access token of the only account. */
    public String token() {
        return TOKEN;
    }

    /** The side tags that updates were made of, by the updates. */
    public synchronized Map<String, String> sideTags() {
        return Map.copyOf(ofSideTags);
    }

    /** The updates by their builds. */
    public synchronized Map<String, String> updates() {
        return Map.copyOf(updates);
    }

    private Response login(Request request) {
        return ("Bearer " + TOKEN).equals(request.header("authorization"))
                ? Response.json(200, Map.of()).with("Set-Cookie", TICKET + "; Path=/; Secure; HttpOnly")
                : error(401, "header", "Authorization", "Token is not valid");
    }

    private Response authenticated(Request request, Supplier<Response> work) {
        String cookies = request.header("cookie");
        return cookies != null && cookies.contains(TICKET)
                ? work.get()
                : error(403, "body", "Forbidden", "Access was denied to this resource.");
    }

    private synchronized Response findUpdates(Request request) {
        String alias = updates.get(request.query().getOrDefault("builds", ""));
        List<Map<String, @Nullable Object>> found =
                alias == null ? List.of() : List.of(Json.object("alias", alias, "from_tag", ofSideTags.get(alias)));
        return Response.json(200, Json.object("updates", found, "page", 1, "pages", 1, "total", found.size()));
    }

    private synchronized Response createUpdate(Request request) {
        JsonNode update = request.json();
        List<String> builds = new ArrayList<>();
        update.path("builds").forEach(build -> builds.add(build.asText()));
        String tag = update.path("from_tag").textValue();
        if (!CSRF.equals(Json.text(update, "csrf_token"))
                || !String.valueOf(request.header("cookie")).contains("session=" + CSRF)) {
            return error(400, "body", "csrf_token", "CSRF tokens do not match.");
        }
        if (tag != null && ofSideTags.containsValue(tag)) {
            return error(400, "body", "from_tag", "Update already exists using this side tag");
        }
        for (String nvr : builds) {
            if (updates.containsKey(nvr)) {
                return error(400, "body", "builds", "Update for " + nvr + " already exists");
            }
        }
        String alias = String.format(Locale.ROOT, "FEDORA-2026-%010x", updates.size() + 1);
        builds.forEach(nvr -> updates.put(nvr, alias));
        if (tag != null) {
            ofSideTags.put(alias, tag);
        }
        String title = String.join(" ", builds);
        return Response.json(200, Json.object("alias", alias, "title", title, "status", "pending", "from_tag", tag));
    }

    private synchronized Response list(Request request) {
        int rows = request.number("rows_per_page", PAGE);
        int page = request.number("page", 1);
        if (rows < 1 || rows > LARGEST_PAGE) {
            return error(400, "querystring", "rows_per_page", rows + " is greater than maximum value 100");
        }
        boolean withoutArchived = "true"
                .equals(request.query().getOrDefault("exclude_archived", "").toLowerCase(Locale.ROOT));
        List<Release> found = releases.values().stream()
                .filter(release -> !withoutArchived || !release.state().equals("archived"))
                .toList();
        return Response.json(
                200,
                Json.object(
                        "releases",
                        found.stream()
                                .skip((page - 1L) * rows)
                                .limit(rows)
                                .map(BodhiSimulator::json)
                                .toList(),
                        "page",
                        page,
                        "pages",
                        (found.size() + rows - 1) / rows,
                        "rows_per_page",
                        rows,
                        "total",
                        found.size()));
    }

    private static Map<String, @Nullable Object> json(Release release) {
        String branch = release.name().toLowerCase(Locale.ROOT).replace("-", "");
        return Json.object(
                "name",
                release.name(),
                "long_name",
                release.longName(),
                "version",
                release.version(),
                "id_prefix",
                release.idPrefix(),
                "branch",
                branch,
                "dist_tag",
                branch,
                "stable_tag",
                branch + "-updates",
                "testing_tag",
                branch + "-updates-testing",
                "candidate_tag",
                branch + "-updates-candidate",
                "state",
                release.state(),
                "composed_by_bodhi",
                true,
                "create_automatic_updates",
                release.state().equals("pending"),
                "package_manager",
                "dnf",
                "eol",
                null,
                "composes",
                List.of());
    }

    private static Response error(int status, String location, String name, String description) {
        return Response.json(
                status,
                Map.of(
                        "status",
                        "error",
                        "errors",
                        List.of(Map.of("location", location, "name", name, "description", description))));
    }

    @Override
    Response unknownPath(Request request) {
        return error(404, "body", "HTTPNotFound", "The resource could not be found.");
    }
}
