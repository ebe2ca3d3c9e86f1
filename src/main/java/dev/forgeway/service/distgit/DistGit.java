package dev.forgeway.service.distgit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.service.http.Credential;
import dev.forgeway.service.http.ServiceCall;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import dev.forgeway.service.http.TokenCredential;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/**
 * The packages of dist-git, by the API of its Pagure (https://src.fedoraproject.org/api/0/). All methods throw {@link
 * TransientException} when trying again can help and {@link UserErrorException} when only somebody else can.
 */
public final class DistGit {

    private static final String JSON = "application/json";
    private static final String PACKAGES = "rpms";
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int MOST = 100;

    private final URI url;
    private final String token;
    private final ServiceHttp http;
    private final Credential credential;
    private volatile @Nullable String account;

    public DistGit(DistGitAccess access, ServiceHttp http) {
        this.url = access.url();
        this.token = access.token();
        this.http = http;
        this.credential = new TokenCredential("token", access.token(), "forgeway.service.dist-git.token");
    }

    /** Whether there is an account to work with. */
    public boolean isOn() {
        return !token.isBlank();
    }

    /** The name of the account of the token; asked for once ({@code /-/whoami}). */
    public String account() {
        String known = account;
        if (known == null) {
            known = call("account-find", HttpMethod.POST, api("-", "whoami"), JsonNodeFactory.instance.objectNode())
                    .path("username")
                    .asText();
            if (known.isEmpty()) {
                throw new TransientException("dist-git answered without the name of our account");
            }
            account = known;
        }
        return known;
    }

    /**
     * What lets us push: the account's name and the token, as Pagure takes them for pushes over HTTP
     * (https://docs.pagure.org/pagure/usage/http_push.html).
     */
    public String password() {
        return token;
    }

    /** Where a package is cloned from. */
    public URI cloneUrl(String packageName) {
        return ServiceUri.at(url).path(PACKAGES, packageName + ".git").toUri();
    }

    /** Where our fork of a package is pushed to. */
    public URI forkUrl(String packageName) {
        return ServiceUri.at(url)
                .path("forks", account(), PACKAGES, packageName + ".git")
                .toUri();
    }

    /** The page of a package, for people. */
    public String page(String packageName) {
        return ServiceUri.at(url).path(PACKAGES, packageName).toUri().toString();
    }

    /** Makes our fork of a package, unless it is there. */
    public void fork(String packageName) {
        try {
            call("fork-find", HttpMethod.GET, api("fork", account(), PACKAGES, packageName), null);
        } catch (ServiceRefusedException e) {
            if (e.status() != NOT_FOUND) {
                throw refused(e);
            }
            createFork(packageName);
        }
    }

    /** One that was made a moment ago, by an attempt of which nothing was heard, is one too. */
    private void createFork(String packageName) {
        ObjectNode wanted = JsonNodeFactory.instance
                .objectNode()
                .put("namespace", PACKAGES)
                .put("repo", packageName)
                .put("wait", true);
        try {
            call("fork-create", HttpMethod.POST, api("fork"), wanted);
        } catch (ServiceRefusedException e) {
            if (e.status() != CONFLICT && !e.serviceMessage().contains("already exists")) {
                throw refused(e);
            }
        }
    }

    /** The open pull request from a branch of our fork to a branch of the package. */
    public Optional<DistGitPullRequest> findOpen(String packageName, String from, String to) {
        ServiceUri list = api(PACKAGES, packageName, "pull-requests")
                .query("status", "Open")
                .query("author", account())
                .query("per_page", MOST);
        try {
            for (JsonNode one :
                    call("pull-request-find", HttpMethod.GET, list, null).path("requests")) {
                if (one.path("branch_from").asText().equals(from)
                        && one.path("branch").asText().equals(to)) {
                    return Optional.of(pullRequest(packageName, one));
                }
            }
            return Optional.empty();
        } catch (ServiceRefusedException e) {
            throw refused(e);
        }
    }

    /** Opens a pull request from a branch of our fork to a branch of the package. */
    public DistGitPullRequest open(String packageName, String from, String to, String title, String text) {
        ObjectNode wanted = JsonNodeFactory.instance
                .objectNode()
                .put("title", title)
                .put("initial_comment", text)
                .put("branch_from", from)
                .put("branch_to", to)
                .put("repo_from", packageName)
                .put("repo_from_namespace", PACKAGES)
                .put("repo_from_username", account());
        ServiceUri at = api(PACKAGES, packageName, "pull-request", "new");
        try {
            return pullRequest(packageName, call("pull-request-create", HttpMethod.POST, at, wanted));
        } catch (ServiceRefusedException e) {
            throw refused(e);
        }
    }

    private DistGitPullRequest pullRequest(String packageName, JsonNode answer) {
        int number = answer.path("id").asInt();
        if (number < 1) {
            throw new TransientException("dist-git answered without the number of a pull request");
        }
        return new DistGitPullRequest(page(packageName) + "/pull-request/" + number);
    }

    private ServiceUri api(String... path) {
        return ServiceUri.at(url).path("api", "0").path(path);
    }

    private JsonNode call(String operation, HttpMethod method, ServiceUri uri, @Nullable JsonNode body) {
        return http.call(new ServiceCall("dist-git", operation, method, uri.toUri(), JSON, body, credential))
                .body();
    }

    private static UserErrorException refused(ServiceRefusedException e) {
        return new UserErrorException("dist-git refused with " + e.status() + ": " + e.serviceMessage());
    }
}
