package dev.forgeway.forge.pagure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.forge.GitAccess;
import dev.forgeway.forge.ProposedChange;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.TokenApi;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.net.URI;
import java.util.Optional;

/**
 * Pull requests from a branch of the project itself (https://pagure.io/api/0/#pull_requests). The API makes no commits: the branch is
 * pushed with the name of the account and its API key (https://docs.pagure.org/pagure/usage/http_push.html).
 */
final class PagureProposals {

    private static final String NEED =
            "an API key with the ACLs pull_request_create and commit, and commit access to the project";
    private static final int PAGE = 100;

    private final TokenApi api;
    private final URI site;
    private final String token;

    PagureProposals(TokenApi api, URI site, String token) {
        this.api = api;
        this.site = site;
        this.token = token;
    }

    GitAccess access(Target target) {
        URI repository = URI.create(
                PagureProjects.below(ServiceUri.at(site), target.project()).toUri() + ".git");
        return new GitAccess(repository, account(target), token, "forgeway.forge.pagure.token");
    }

    private String account(Target target) {
        try {
            URI whoami = api.root(target).path("-", "whoami").toUri();
            return api.text(api.post("account-find", whoami, TokenApi.object()), "username");
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }

    /** Of any author, because only who may push to the project makes a pull request from its branches. */
    Optional<String> find(Target target, ProposedChange change, String base) {
        ServiceUri open = PagureProjects.at(api, target, "pull-requests")
                .query("status", "Open")
                .query("per_page", PAGE);
        try {
            for (JsonNode one : api.get("pull-request-find", open).path("requests")) {
                if (one.path("branch_from").asText().equals(change.branch())
                        && one.path("branch").asText().equals(base)
                        && one.path("repo_from")
                                .path("fullname")
                                .equals(one.path("project").path("fullname"))) {
                    return Optional.of(page(target, one));
                }
            }
            return Optional.empty();
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }

    String open(Target target, ProposedChange change, String base) {
        ObjectNode wanted = TokenApi.object()
                .put("title", change.title())
                .put("initial_comment", change.text())
                .put("branch_from", change.branch())
                .put("branch_to", base);
        ServiceUri all = PagureProjects.at(api, target, "pull-request", "new");
        try {
            return page(target, api.post("pull-request-create", all.toUri(), wanted));
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }

    private static String page(Target target, JsonNode one) {
        int number = one.path("id").asInt();
        if (number < 1) {
            throw new TransientException("Pagure answered without the number of a pull request");
        }
        return target.project().url() + "/pull-request/" + number;
    }
}
