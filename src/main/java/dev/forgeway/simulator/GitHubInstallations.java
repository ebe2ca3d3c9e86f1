package dev.forgeway.simulator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Installations of the App (https://docs.github.com/en/rest/apps/apps), and what is told of them. */
final class GitHubInstallations {

    private static final JsonTemplate INSTALLATION = JsonTemplate.load("github-installation.json");

    private final GitHubState state;
    private final GitHubApp app;
    private final GitHubObjects objects;
    private final GitHubSimulator gitHub;

    GitHubInstallations(GitHubState state, GitHubApp app, GitHubObjects objects, GitHubSimulator gitHub) {
        this.state = state;
        this.app = app;
        this.objects = objects;
        this.gitHub = gitHub;
    }

    void addRoutes() {
        gitHub.route("POST", "/app/installations/{id}/access_tokens", this::issueToken);
        gitHub.route("GET", "/repos/{owner}/{repo}/installation", this::installationOf);
        gitHub.route("PUT", "/app/installations/{id}/suspended", this::end);
        gitHub.route("DELETE", "/app/installations/{id}", this::end);
    }

    /** The body of a delivery about an installation. */
    String told(String event, String action, String account, long id, String sender, List<String> repositories) {
        Map<String, @Nullable Object> body = Json.object("action", action);
        body.put("installation", installation(id, account));
        body.put(
                event.equals("installation") ? "repositories" : "repositories_" + action,
                repositories.stream()
                        .map(name -> Json.object(
                                "id",
                                GitHubObjects.idOf(name),
                                "node_id",
                                "R_" + GitHubObjects.idOf(name),
                                "name",
                                name.substring(name.indexOf('/') + 1),
                                "full_name",
                                name,
                                "private",
                                false))
                        .toList());
        body.put("sender", objects.user(sender));
        return Json.write(body);
    }

    private Map<String, @Nullable Object> installation(long id, String account) {
        return INSTALLATION.fill(Json.object(
                "id",
                id,
                "owner",
                account,
                "owner_user",
                objects.user(account),
                "url",
                gitHub.url(),
                "app",
                app.id(),
                "slug",
                GitHubApp.SLUG));
    }

    private Response issueToken(Request request) {
        requireApp(request);
        String id = request.parameter("id");
        if (!id.matches("\\d{1,18}") || !state.hasInstallation(Long.parseLong(id))) {
            throw GitHubErrors.notFound();
        }
        return Response.json(201, app.issueToken(Long.parseLong(id)));
    }

    private Response installationOf(Request request) {
        requireApp(request);
        GitHubRepository repository = state.find(request.parameter("owner") + "/" + request.parameter("repo"))
                .orElseThrow(GitHubErrors::notFound);
        return Response.json(200, installation(repository.installation(), repository.owner()));
    }

    /** What it answers is all that there is to see of it. */
    private Response end(Request request) {
        requireApp(request);
        String id = request.parameter("id");
        if (!id.matches("\\d{1,18}") || !state.hasInstallation(Long.parseLong(id))) {
            throw GitHubErrors.notFound();
        }
        return new Response(204, Map.of(), "");
    }

    private void requireApp(Request request) {
        if (app.caller(request).kind() != GitHubCaller.Kind.APP) {
            throw GitHubErrors.refusal(401, "A JSON web token could not be decoded");
        }
    }
}
