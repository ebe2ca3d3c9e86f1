package dev.forgeway.simulator;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Who is logged in to a simulated Koji: whoever asks, because without TLS there is no certificate to look at. */
final class KojiSessions {

    private static final int GENERIC = 1000;
    private static final int AUTH_ERROR = 1002;
    private static final int AUTH_EXPIRED = 1007;

    private final Map<String, String> sessions = new ConcurrentHashMap<>();

    /** Nobody is logged in any more. */
    void expire() {
        sessions.replaceAll((id, key) -> "");
    }

    Response login(Request request) {
        KojiXml.Call call = KojiXml.read(request.body());
        if (!call.method().equals("sslLogin")) {
            return KojiXml.fault(GENERIC, "Invalid method: " + call.method());
        }
        String id = Integer.toString(sessions.size() + 1);
        String key = id + "-" + UUID.randomUUID();
        sessions.put(id, key);
        return KojiXml.answer(Json.object("session-id", Integer.valueOf(id), "session-key", key, "header-auth", true));
    }

    interface Work {
        Response perform();
    }

    Response authenticated(Request request, Work work) {
        String id = request.header("koji-session-id");
        String key = id == null ? null : sessions.get(id);
        if (key == null || key.isEmpty()) {
            return key == null
                    ? KojiXml.fault(AUTH_ERROR, "Invalid session or bad credentials")
                    : KojiXml.fault(AUTH_EXPIRED, "session \"" + id + "\" has expired");
        }
        return key.equals(request.header("koji-session-key"))
                ? work.perform()
                : KojiXml.fault(AUTH_ERROR, "Invalid session or bad credentials");
    }
}
