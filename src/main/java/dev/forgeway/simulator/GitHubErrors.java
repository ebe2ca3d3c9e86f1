package dev.forgeway.simulator;

import java.util.List;
import java.util.Map;

/** GitHub's error answers (https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api). */
final class GitHubErrors {

    private static final String DOCUMENTATION = "https://docs.github.com/rest";

    private GitHubErrors() {}

    static Response response(int status, String message) {
        return Response.json(
                status,
                Json.object(
                        "message", message, "documentation_url", DOCUMENTATION, "status", Integer.toString(status)));
    }

    static Refusal refusal(int status, String message) {
        return new Refusal(response(status, message));
    }

    static Refusal notFound() {
        return refusal(404, "Not Found");
    }

    static Refusal invalid(String problem) {
        return refusal(422, "Invalid request.\n\n" + problem);
    }

    static Refusal validationFailed(String resource, String code, String field, String message) {
        Map<String, String> error = Map.of("resource", resource, "code", code, "field", field, "message", message);
        return new Refusal(Response.json(
                422,
                Json.object(
                        "message",
                        "Validation Failed",
                        "errors",
                        List.of(error),
                        "documentation_url",
                        DOCUMENTATION,
                        "status",
                        "422")));
    }
}
