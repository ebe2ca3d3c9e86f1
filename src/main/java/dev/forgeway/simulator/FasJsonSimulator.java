package dev.forgeway.simulator;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * FASJSON, the API of the Fedora Account System (https://fasjson.readthedocs.io): one user. The real one asks for a
 * Kerberos ticket first; this one stands for the proxy that shows it.
 */
public final class FasJsonSimulator extends HttpSimulator {

    private final Map<String, Map<String, @Nullable Object>> users = new ConcurrentHashMap<>();

    /** A FASJSON on any free port. */
    public FasJsonSimulator() {
        super(0);
        route("GET", "/v1/users/{username}/", this::user);
        startListening();
    }

    /** Somebody with a Fedora account, who entered this name on GitHub; null for none. */
    public FasJsonSimulator user(String username, @Nullable String github) {
        users.put(
                username,
                Json.object(
                        "username",
                        username,
                        "surname",
                        "Example",
                        "givenname",
                        "Simulated",
                        "human_name",
                        "Simulated Example",
                        "emails",
                        List.of(username + "@example.org"),
                        "ircnicks",
                        null,
                        "locale",
                        "en-US",
                        "timezone",
                        "UTC",
                        "gpgkeyids",
                        null,
                        "creation",
                        "2021-03-04T05:06:07",
                        "locked",
                        false,
                        "is_private",
                        false,
                        "github_username",
                        github,
                        "gitlab_username",
                        null,
                        "website",
                        null,
                        "uri",
                        url() + "/v1/users/" + username + "/"));
        return this;
    }

    private Response user(Request request) {
        Map<String, @Nullable Object> user = users.get(request.parameter("username"));
        return user == null
                ? Response.json(404, Json.object("name", request.parameter("username"), "message", "User not found"))
                : Response.json(200, Json.object("result", user));
    }

    @Override
    Response unknownPath(Request request) {
        return Response.json(404, Json.object("message", "Not found"));
    }
}
