package dev.forgeway.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who belongs to a project (https://docs.gitlab.com/api/members/). */
final class GitLabMembers {

    private static final Map<String, Integer> LEVELS =
            Map.of("guest", 10, "reporter", 20, "developer", 30, "maintainer", 40, "owner", 50);

    private GitLabMembers() {}

    /** Those whose names have the wanted text in them. */
    static Response list(ForgeProject project, Request request) {
        String wanted = request.query().getOrDefault("query", "");
        List<Object> members = new ArrayList<>();
        project.members().forEach((account, role) -> {
            if (account.contains(wanted)) {
                members.add(Json.object(
                        "id",
                        GitLabPayloads.userId(account),
                        "username",
                        account,
                        "state",
                        "active",
                        "access_level",
                        level(role)));
            }
        });
        return Response.json(200, members);
    }

    private static int level(String role) {
        return LEVELS.getOrDefault(role, 0);
    }
}
