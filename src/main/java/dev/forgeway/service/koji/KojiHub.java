package dev.forgeway.service.koji;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.service.http.ServiceCall;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * The calls of Koji's hub, and what its faults mean. Their codes are those of the exceptions of
 * https://pagure.io/koji/blob/master/f/koji/__init__.py ({@code faultCode}).
 */
final class KojiHub {

    /** AuthError, AuthLockError, AuthExpired, GSSAPIAuthError. */
    private static final Set<Integer> LOGIN = Set.of(1002, 1006, 1007, 1023);

    /** GenericError, TagError, ActionNotAllowed, BuildError, PreBuildError, ParameterError, NameValidationError. */
    private static final Set<Integer> REFUSED = Set.of(1000, 1003, 1004, 1005, 1010, 1019, 1024);

    private final URI url;
    private final ServiceHttp http;
    private final ServiceHttp files;
    private KojiSession session = KojiSession.NONE;

    KojiHub(URI url, ServiceHttp http, ServiceHttp files) {
        this.url = url;
        this.http = http;
        this.files = files;
    }

    /** Calls a method that everybody may call. */
    JsonNode ask(String operation, String method, JsonNode... parameters) {
        try {
            return call(operation, method, KojiSession.NONE, parameters);
        } catch (XmlRpcFaultException e) {
            throw meaning(e);
        }
    }

    /** Calls a method that needs a login. */
    JsonNode command(String operation, String method, JsonNode... parameters) {
        return loggedIn(current -> call(operation, method, current, parameters));
    }

    /** Sends bytes of a file, of which the query tells which they are. */
    JsonNode upload(Map<String, String> query, byte[] bytes) {
        ServiceUri uri = ServiceUri.at(url);
        query.forEach(uri::query);
        return loggedIn(current -> send(
                files,
                "upload",
                uri.toUri(),
                current,
                MediaType.APPLICATION_OCTET_STREAM_VALUE,
                BinaryNode.valueOf(bytes)));
    }

    private interface Command {
        JsonNode with(KojiSession session);
    }

    /** A session that has expired, or that the hub has forgotten, is replaced once. */
    private JsonNode loggedIn(Command command) {
        try {
            KojiSession current = session(KojiSession.NONE);
            try {
                return command.with(current);
            } catch (XmlRpcFaultException e) {
                if (!LOGIN.contains(e.code())) {
                    throw e;
                }
                return command.with(session(current));
            }
        } catch (XmlRpcFaultException e) {
            throw meaning(e);
        }
    }

    /** A session other than one that was refused. */
    private synchronized KojiSession session(KojiSession refused) {
        if (session.equals(refused)) {
            session = login();
        }
        return session;
    }

    /** By the certificate that the connection shows ({@code sslLogin}). */
    private KojiSession login() {
        JsonNode answer = send(
                http,
                "login",
                ServiceUri.at(url).path("ssllogin").toUri(),
                KojiSession.NONE,
                MediaType.TEXT_XML_VALUE,
                BinaryNode.valueOf(XmlRpcWriter.call("sslLogin", List.of())));
        String id = answer.path("session-id").asText();
        String key = answer.path("session-key").asText();
        if (id.isEmpty() || key.isEmpty()) {
            throw new TransientException("Koji answered a login without a session");
        }
        return new KojiSession(id, key);
    }

    private JsonNode call(String operation, String method, KojiSession as, JsonNode... parameters) {
        BinaryNode body = BinaryNode.valueOf(XmlRpcWriter.call(method, List.of(parameters)));
        return send(http, operation, url, as, MediaType.TEXT_XML_VALUE, body);
    }

    private JsonNode send(ServiceHttp by, String operation, URI uri, KojiSession as, String type, BinaryNode body) {
        try {
            return XmlRpcReader.answer(by.call(new ServiceCall(
                            "koji",
                            operation,
                            HttpMethod.POST,
                            uri,
                            MediaType.TEXT_XML_VALUE,
                            body,
                            as,
                            Map.of(HttpHeaders.CONTENT_TYPE, type)))
                    .body()
                    .asText());
        } catch (ServiceRefusedException e) {
            throw new TransientException("Koji refused the call itself: check " + as.settings(), e);
        } catch (IllegalArgumentException e) {
            throw new TransientException("Koji answered with something else than XML-RPC", e);
        }
    }

    /** What nobody foresaw in the hub, and what it cannot do now, passes. */
    private static RuntimeException meaning(XmlRpcFaultException fault) {
        if (LOGIN.contains(fault.code())) {
            return new TransientException(
                    "Koji let nobody in (" + fault.text() + "): check " + KojiSession.NONE.settings());
        }
        return REFUSED.contains(fault.code())
                ? new UserErrorException("Koji refused: " + fault.text())
                : new TransientException("Koji failed with " + fault.getMessage());
    }
}
