package dev.forgeway.service.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.service.http.ServiceCall;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.ServiceRefusedException;
import java.time.Clock;
import java.util.Map;
import org.springframework.http.HttpMethod;

/**
 * Sends webhooks as <a
 * href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a>
 * say: an id that is the same at each attempt, the time of the attempt, and the signatures over both and the body.
 */
public final class WebhookSender {

    private final ServiceHttp http;
    private final Clock clock;

    public WebhookSender(ServiceHttp http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    /**
     * Posts a body and returns the status of the receiver's success (2xx).
     *
     * @param id of what is told, not of the attempt
     * @throws dev.forgeway.error.TransientException when the receiver is away, busy or fails (no answer, 5xx, 408, 429),
     *     with the time that it names
     * @throws UserErrorException when it does not want it: any other answer
     */
    public int post(Receiver receiver, String id, String mediaType, JsonNode body) {
        byte[] bytes = ServiceHttp.bytes(body);
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        Map<String, String> headers = Map.of(
                "Content-Type",
                mediaType,
                "webhook-id",
                id,
                "webhook-timestamp",
                timestamp,
                "webhook-signature",
                receiver.signature().of(bytes, id, timestamp));
        ReceiverCredential credential = new ReceiverCredential(receiver);
        try {
            return http.deliver(new ServiceCall(
                    "webhook", "forward", HttpMethod.POST, receiver.url(), "*/*", body, credential, headers));
        } catch (ServiceRefusedException e) {
            throw new UserErrorException("receiver " + receiver.name() + " refused it with " + e.status());
        }
    }
}
