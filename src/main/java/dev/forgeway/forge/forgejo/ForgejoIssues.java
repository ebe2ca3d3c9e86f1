package dev.forgeway.forge.forgejo;

import dev.forgeway.forge.TokenApi;
import dev.forgeway.forge.TokenIssues;

/** Issues (https://codeberg.org/api/swagger#/issue); Forgejo's Markdown hides the marker. */
final class ForgejoIssues {

    private static final int PAGE = 50;

    private ForgejoIssues() {}

    static TokenIssues of(TokenApi api) {
        return new TokenIssues(
                api,
                new TokenIssues.Wire(
                        "the scope write:issue and to be let into the repository",
                        target -> ForgejoRepositories.at(api, target, "issues")
                                .query("state", "all")
                                .query("type", "issues")
                                .query("limit", PAGE),
                        "",
                        "body",
                        target -> ForgejoRepositories.at(api, target, "issues"),
                        "body",
                        "",
                        "number",
                        65_536));
    }
}
