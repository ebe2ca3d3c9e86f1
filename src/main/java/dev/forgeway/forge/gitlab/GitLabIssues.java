package dev.forgeway.forge.gitlab;

import dev.forgeway.forge.TokenApi;
import dev.forgeway.forge.TokenIssues;

/** Issues (https://docs.gitlab.com/api/issues/); GitLab's Markdown hides the marker, and only our own are looked at. */
final class GitLabIssues {

    private static final int PAGE = 100;

    private GitLabIssues() {}

    static TokenIssues of(TokenApi api) {
        return new TokenIssues(
                api,
                new TokenIssues.Wire(
                        "the scope api and the role Guest in the project",
                        target -> GitLabProjects.at(api, target, "issues")
                                .query("scope", "created_by_me")
                                .query("per_page", PAGE),
                        "",
                        "description",
                        target -> GitLabProjects.at(api, target, "issues"),
                        "description",
                        "",
                        "iid",
                        1_000_000));
    }
}
