package dev.forgeway.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Files, branches, and commits that are made by calls (https://codeberg.org/api/swagger#/repository/repoChangeFiles). */
final class ForgejoChanges {

    private ForgejoChanges() {}

    static Response list(Map<String, String> files) {
        return Response.json(
                200,
                ForgeProject.root(files).entrySet().stream()
                        .map(entry -> Json.object(
                                "name",
                                entry.getKey(),
                                "path",
                                entry.getKey(),
                                "type",
                                entry.getValue() ? "dir" : "file"))
                        .toList());
    }

    static Response read(Map<String, String> files, Request request) {
        String file = request.parameter("file");
        String text = files.get(file);
        if (text == null) {
            throw ForgejoSimulator.notFound();
        }
        return Response.json(
                200,
                Json.object(
                        "name",
                        file,
                        "path",
                        file,
                        "type",
                        "file",
                        "sha",
                        sha(text),
                        "encoding",
                        "base64",
                        "content",
                        Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
    }

    static Response branch(ForgeProject project, Request request) {
        String name = request.parameter("branch");
        if (project.files(name) == null) {
            throw ForgejoSimulator.notFound();
        }
        return Response.json(200, Json.object("name", name, "commit", Json.object("id", name)));
    }

    static Response commit(ForgeProject project, Request request) {
        JsonNode wanted = request.json();
        String from = wanted.path("branch").asText("main");
        String branch = wanted.path("new_branch").asText(from);
        Map<String, String> before = project.files(from);
        if (before == null) {
            throw ForgejoSimulator.notFound();
        }
        if (wanted.has("new_branch") && project.files(branch) != null) {
            throw refused("branch already exists [name: " + branch + "]");
        }
        Map<String, String> changed = new LinkedHashMap<>();
        for (JsonNode file : wanted.path("files")) {
            String path = file.path("path").asText();
            String text = before.get(path);
            boolean isUpdate = file.path("operation").asText().equals("update");
            if (isUpdate ? text == null || !sha(text).equals(file.path("sha").asText()) : text != null) {
                throw refused("sha does not match, or repository file already exists [path: " + path + "]");
            }
            byte[] content = Base64.getDecoder().decode(file.path("content").asText());
            changed.put(path, new String(content, StandardCharsets.UTF_8));
        }
        project.commit(from, branch, changed);
        return Response.json(201, Json.object("commit", Json.object("sha", branch)));
    }

    /** The branches of a pull request that a call wants. */
    static ForgeProject.PullRequest open(ForgeProject project, Request request) {
        String branch = Objects.requireNonNullElse(Json.text(request.json(), "head"), "");
        String target = Objects.requireNonNullElse(Json.text(request.json(), "base"), "");
        if (project.files(branch) == null || project.files(target) == null) {
            throw ForgejoSimulator.notFound();
        }
        if (project.pullRequests().stream()
                .anyMatch(one -> one.branch().equals(branch) && one.target().equals(target))) {
            throw new Refusal(Response.json(409, Map.of("message", "pull request already exists for these targets")));
        }
        return project.open(TokenForgeSimulator.ACCOUNT, branch, target);
    }

    static String sha(String text) {
        return "%040x".formatted(text.hashCode() & 0xffffffffL);
    }

    private static Refusal refused(String message) {
        return new Refusal(Response.json(422, Map.of("message", message)));
    }
}
