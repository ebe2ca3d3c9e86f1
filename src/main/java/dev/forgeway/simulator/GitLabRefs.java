package dev.forgeway.simulator;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What GitLab tells about branches and releases. */
final class GitLabRefs {

    private GitLabRefs() {}

    /** What a branch and a commit have in common (https://docs.gitlab.com/api/repositories/#merge-base). */
    static Response mergeBase(ForgeProject project, Request request) {
        List<String> refs = new ArrayList<>();
        for (String pair : URI.create(request.target()).getRawQuery().split("&", -1)) {
            refs.add(URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8));
        }
        String commit = refs.get(1);
        boolean isOn = project.isOnBranch(refs.get(0), commit)
                .orElseThrow(
                        () -> GitLabSimulator.refusal(400, "400 Bad request - Could not find ref: " + refs.get(0)));
        return Response.json(200, Json.object("id", isOn ? commit : "0".repeat(40), "title", "Change something"));
    }

    /** The latest first (https://docs.gitlab.com/api/releases/#list-releases). */
    static Response releases(ForgeProject project) {
        Map<String, String> tags = project.tags();
        return Response.json(
                200,
                project.releases().stream()
                        .map(tag -> Json.object(
                                "tag_name",
                                tag,
                                "name",
                                tag,
                                "upcoming_release",
                                false,
                                "commit",
                                Json.object("id", tags.get(tag))))
                        .toList());
    }
}
