package dev.forgeway.forge.pagure;

import dev.forgeway.forge.TokenApi;
import dev.forgeway.forge.TokenIssues;

/** Issues (https://pagure.io/api/0/#issues); Pagure's pages leave the marker out. */
final class PagureIssues {

    private static final int PAGE = 100;

    private PagureIssues() {}

    static TokenIssues of(TokenApi api) {
        return new TokenIssues(
                api,
                new TokenIssues.Wire(
                        "an API key with the ACL issue_create, and issues in the project",
                        target -> PagureProjects.at(api, target, "issues")
                                .query("status", "all")
                                .query("per_page", PAGE),
                        "/issues",
                        "content",
                        target -> PagureProjects.at(api, target, "new_issue"),
                        "issue_content",
                        "/issue",
                        "id",
                        65_536));
    }
}
