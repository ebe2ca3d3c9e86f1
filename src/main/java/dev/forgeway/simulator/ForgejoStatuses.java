package dev.forgeway.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Commit statuses (https://codeberg.org/api/swagger#/repository/repoCreateStatus). */
final class ForgejoStatuses {

    private static final Set<String> STATES = Set.of("pending", "success", "error", "failure", "warning");

    private ForgejoStatuses() {}

    static Response put(ForgeProject project, Request request) {
        String commit = request.parameter("sha");
        JsonNode wanted = request.json();
        String state = wanted.path("state").asText();
        if (project.files(commit) == null) {
            throw ForgejoSimulator.notFound();
        }
        if (!STATES.contains(state)) {
            throw new Refusal(Response.json(422, Map.of("message", "invalid state " + state)));
        }
        CommitStatus status = new CommitStatus(
                ForgeProject.newId(),
                commit,
                wanted.path("context").asText("default"),
                state,
                Json.text(wanted, "description"),
                Json.text(wanted, "target_url"));
        project.add(status);
        return Response.json(201, shown(status));
    }

    static Response list(ForgeProject project, Request request) {
        List<CommitStatus> newestFirst = new ArrayList<>(project.statusHistory(request.parameter("sha")));
        Collections.reverse(newestFirst);
        return Response.json(
                200, newestFirst.stream().map(ForgejoStatuses::shown).toList());
    }

    private static Map<String, @Nullable Object> shown(CommitStatus status) {
        return Json.object(
                "id", status.id(),
                "status", status.state(),
                "context", status.name(),
                "description", status.description(),
                "target_url", status.targetUrl());
    }
}
