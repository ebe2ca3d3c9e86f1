package dev.forgeway.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The flags of the commits of a simulated Pagure (https://pagure.io/api/0/#projects, "Flag a commit"). */
final class PagureFlags {

    private static final Set<String> STATUSES = Set.of("success", "failure", "error", "pending", "canceled");
    private static final int LONGEST_UID = 32;

    private PagureFlags() {}

    static Response list(ForgeProject at, Request request) {
        List<Map<String, @Nullable Object>> flags = at.statuses(request.parameter("sha")).stream()
                .map(PagureFlags::shown)
                .toList();
        return Response.json(200, Json.object("total_flags", flags.size(), "flags", flags));
    }

    static Response put(ForgeProject at, Request request) {
        JsonNode wanted = request.json();
        String uid = wanted.path("uid").asText();
        boolean complete = List.of("username", "comment", "url", "status").stream()
                .noneMatch(mandatory -> wanted.path(mandatory).asText().isBlank());
        if (!complete || !STATUSES.contains(wanted.path("status").asText()) || uid.length() > LONGEST_UID) {
            throw PagureSimulator.refusal(400, "Invalid or incomplete input submitted", "EINVALIDREQ");
        }
        CommitStatus flag = new CommitStatus(
                ForgeProject.newId(),
                request.parameter("sha"),
                wanted.path("username").asText(),
                wanted.path("status").asText(),
                Json.text(wanted, "comment"),
                Json.text(wanted, "url"));
        at.add(flag);
        return Response.json(200, Json.object("flag", shown(flag), "message", "Flag added", "uid", uid));
    }

    private static Map<String, @Nullable Object> shown(CommitStatus flag) {
        return Json.object(
                "commit_hash", flag.commit(),
                "username", flag.name(),
                "status", flag.state(),
                "comment", flag.description(),
                "url", flag.targetUrl());
    }
}
