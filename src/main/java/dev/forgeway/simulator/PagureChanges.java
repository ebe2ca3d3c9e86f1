package dev.forgeway.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pull requests that calls ask for (https://pagure.io/api/0/#pull_requests). */
final class PagureChanges {

    private final PagureSimulator pagure;
    private final PagureMessages messages;

    PagureChanges(PagureSimulator pagure, PagureMessages messages) {
        this.pagure = pagure;
        this.messages = messages;
    }

    Response list(ForgeProject project) {
        List<Map<String, @Nullable Object>> open = project.pullRequests().stream()
                .map(pull -> messages.pullRequest(project, pagure.project(pull.source()), pull))
                .toList();
        return Response.json(200, Json.object("requests", open, "total_requests", open.size()));
    }

    /** From a branch that was pushed; the same may be opened any number of times. */
    Response open(ForgeProject project, Request request) {
        JsonNode wanted = request.json();
        String from = wanted.path("branch_from").asText();
        String to = wanted.path("branch_to").asText();
        if (wanted.path("title").asText().isBlank() || to.isBlank()) {
            throw PagureSimulator.refusal(400, "Invalid or incomplete input submitted", "EINVALIDREQ");
        }
        if (pagure.repositoryFiles(project.path(), from).isEmpty()) {
            throw PagureSimulator.refusal(400, "Branch does not exist", "EPRBRANCHNOTFOUND");
        }
        ForgeProject.PullRequest made = project.open(TokenForgeSimulator.ACCOUNT, from, to);
        return Response.json(200, messages.pullRequest(project, project, made));
    }
}
