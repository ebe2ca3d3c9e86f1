package dev.forgeway.simulator;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What GitLab tells about branches. */
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
}
