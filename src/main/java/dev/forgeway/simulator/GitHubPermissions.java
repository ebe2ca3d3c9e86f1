package dev.forgeway.simulator;

/** Who may do what in a repository (https://docs.github.com/en/rest/collaborators/collaborators). */
final class GitHubPermissions {

    private final GitHubState state;
    private final GitHubApp app;
    private final GitHubObjects objects;

    GitHubPermissions(GitHubState state, GitHubApp app, GitHubObjects objects) {
        this.state = state;
        this.app = app;
        this.objects = objects;
    }

    /** The permission knows four words only; the role has the rest (the documentation of collaborators). */
    Response find(Request request) {
        GitHubRepository repository = state.visible(request, app.caller(request));
        String login = request.parameter("login");
        String role = repository.role(login);
        return Response.json(
                200,
                Json.object(
                        "permission",
                        role.replace("maintain", "write").replace("triage", "read"),
                        "role_name",
                        role,
                        "user",
                        objects.user(login)));
    }
}
