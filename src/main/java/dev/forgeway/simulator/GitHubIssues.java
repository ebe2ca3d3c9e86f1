package dev.forgeway.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Issues: to open, list and close them (https://docs.github.com/en/rest/issues/issues). */
final class GitHubIssues {

    private final GitHubState state;
    private final GitHubApp app;
    private final GitHubObjects objects;
    private final GitHubSimulator gitHub;

    GitHubIssues(GitHubState state, GitHubApp app, GitHubObjects objects, GitHubSimulator gitHub) {
        this.state = state;
        this.app = app;
        this.objects = objects;
        this.gitHub = gitHub;
    }

    void addRoutes() {
        gitHub.route("POST", "/repos/{owner}/{repo}/issues", this::open);
        gitHub.route("GET", "/repos/{owner}/{repo}/issues", this::list);
        gitHub.route("PATCH", "/repos/{owner}/{repo}/issues/{number}", this::change);
    }

    private Response open(Request request) {
        GitHubCaller caller = app.caller(request);
        GitHubRepository repository = state.writable(request, caller);
        String title = Json.text(request.json(), "title");
        if (title == null || title.isBlank()) {
            throw GitHubErrors.validationFailed("Issue", "missing_field", "title", "title is missing");
        }
        String body = Json.text(request.json(), "body");
        return Response.json(
                201, json(repository, repository.openIssue(title, caller.login(), body == null ? "" : body)));
    }

    /** Newest first, open ones unless asked otherwise, as GitHub does by default. */
    private Response list(Request request) {
        GitHubRepository repository = state.visible(request, app.caller(request));
        String wanted = request.query().getOrDefault("state", "open");
        List<GitHubRepository.Issue> found = repository.issues().stream()
                .filter(issue -> wanted.equals("all") || issue.state().equals(wanted))
                .sorted(Comparator.comparing(GitHubRepository.Issue::number).reversed())
                .toList();
        Pages pages = new Pages(request, gitHub.url().toString());
        Response response = Response.json(
                200,
                pages.of(found).stream().map(issue -> json(repository, issue)).toList());
        return pages.links(found.size())
                .map(link -> response.with("Link", link))
                .orElse(response);
    }

    private Response change(Request request) {
        GitHubRepository repository = state.writable(request, app.caller(request));
        String number = request.parameter("number");
        GitHubRepository.Issue issue = repository
                .issue(number.matches("\\d{1,9}") ? Integer.parseInt(number) : 0)
                .orElseThrow(GitHubErrors::notFound);
        String wanted = Json.text(request.json(), "state");
        if (wanted != null && !wanted.matches("open|closed")) {
            throw GitHubErrors.validationFailed("Issue", "invalid", "state", "state is not a known state");
        }
        GitHubRepository.Issue changed = new GitHubRepository.Issue(
                issue.number(), issue.title(), issue.author(), issue.body(), wanted == null ? issue.state() : wanted);
        repository.putIssue(changed);
        return Response.json(200, json(repository, changed));
    }

    private Map<String, @Nullable Object> json(GitHubRepository repository, GitHubRepository.Issue issue) {
        Map<String, @Nullable Object> json = objects.issue(repository, issue.number(), issue.title(), issue.author());
        json.put("state", issue.state());
        json.put("body", issue.body());
        return json;
    }
}
