package dev.forgeway.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Project;
import dev.forgeway.service.http.Anonymous;
import dev.forgeway.service.http.Credential;
import dev.forgeway.service.http.ServiceCall;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import dev.forgeway.service.http.TaggedAnswers;
import dev.forgeway.service.http.TokenCredential;
import java.net.URI;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/** The API of a forge that is called with one token, for the projects of its own host and no others. */
public final class TokenApi {

    private static final String JSON = "application/json";

    private final String forge;
    private final String title;
    private final URI apiUrl;
    private final ServiceHttp http;
    private final Credential credential;
    private final Credential anybody;
    private final TaggedAnswers tagged = new TaggedAnswers();

    /**
     * @param forge the wire name ("gitlab")
     * @param title the name in messages ("GitLab")
     * @param scheme the word before the token in the Authorization header
     */
    public TokenApi(String forge, String title, String scheme, TokenSettings settings, ServiceHttp http) {
        this.forge = forge;
        this.title = title;
        this.apiUrl = settings.apiUrl();
        this.http = http;
        this.credential = new TokenCredential(scheme, settings.token(), "forgeway.forge." + forge + ".token");
        this.anybody = new Anonymous("forgeway.forge." + forge + ".api-url");
    }

    /**
     * The root of the API, for a call about a project.
     *
     * @throws UserErrorException for a project of another host, which has nothing to do with one of the same name here
     */
    public ServiceUri root(Target target) {
        String host = target.project().host();
        if (!host.equalsIgnoreCase(apiUrl.getHost())) {
            throw new UserErrorException("The project is on " + host + ", but forgeway.forge." + forge
                    + ".api-url leads to " + apiUrl.getHost());
        }
        return ServiceUri.at(apiUrl);
    }

    /** Whether a project is at the site of the API, by the address of its page. */
    public boolean isHomeOf(Project project) {
        return Site.isSame(apiUrl, URI.create(project.url()));
    }

    /** What is at an address, read only; asked for under the condition that it changed, where the forge gives tags. */
    public JsonNode get(String operation, ServiceUri uri) {
        ServiceCall call = new ServiceCall(forge, operation, HttpMethod.GET, uri.toUri(), JSON, null, credential);
        return tagged.get(call, http::call).body();
    }

    public JsonNode post(String operation, URI uri, JsonNode body) {
        return http.call(new ServiceCall(forge, operation, HttpMethod.POST, uri, JSON, body, credential))
                .body();
    }

    /** Asks as somebody without an account. */
    public JsonNode getAsAnybody(String operation, ServiceUri uri) {
        return http.call(new ServiceCall(forge, operation, HttpMethod.GET, uri.toUri(), JSON, null, anybody))
                .body();
    }

    /** A text file that everybody may read. */
    public String getFile(String operation, ServiceUri uri) {
        String text = MediaType.TEXT_PLAIN_VALUE;
        return http.call(new ServiceCall(forge, operation, HttpMethod.GET, uri.toUri(), text, null, anybody))
                .body()
                .asText();
    }

    /**
     * What a refusal usually means.
     *
     * @param need what the account of the token needs
     */
    public UserErrorException refused(ServiceRefusedException refusal, String need) {
        return new UserErrorException(title + " refused with " + refusal.status() + " (" + refusal.serviceMessage()
                + "). The account of forgeway.forge." + forge + ".token needs " + need + ".");
    }

    /**
     * As {@link #refused}, for a check.
     *
     * @return a {@link CheckRefusedException} when the account may not show it: 403 for lack of a right in the project, 404
     *     for a commit, or a project, that it does not see
     */
    public UserErrorException refusedCheck(ServiceRefusedException refusal, String need) {
        UserErrorException refused = refused(refusal, need);
        return refusal.status() == 403 || refusal.status() == 404
                ? new CheckRefusedException(String.valueOf(refused.getMessage()), refusal.status() == 403)
                : refused;
    }

    /** The forge's id of what it answered with. */
    public String id(JsonNode answer) {
        return text(answer, "id");
    }

    /** @throws TransientException for an answer without that field */
    public String text(JsonNode answer, String field) {
        String text = answer.path(field).asText();
        if (text.isEmpty()) {
            throw new TransientException(title + " answered without " + field);
        }
        return text;
    }

    /** @throws TransientException for an answer without that field, or where it is no number */
    int number(JsonNode answer, String field) {
        if (!answer.path(field).isInt()) {
            throw new TransientException(title + " answered without " + field);
        }
        return answer.path(field).asInt();
    }

    /** An empty JSON object, to be filled. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
