package dev.forgeway.bench;

import dev.forgeway.ingest.HmacSignature;
import dev.forgeway.ingest.UnauthenticatedException;
import jakarta.jms.BytesMessage;
import java.time.Instant;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Accepts a webhook of GitHub with as little as possible. */
@RestController
@ConditionalOnProperty(name = BareController.SWITCH, havingValue = "bare")
class BareController {

    static final String SWITCH = "bench.server";

    private final HmacSignature signature;
    private final JmsTemplate jms;

    BareController(HmacSignature signature, JmsTemplate jms) {
        this.signature = signature;
        this.jms = jms;
    }

    @PostMapping(path = "/webhooks/github", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> accept(
            @RequestBody byte[] body,
            @RequestHeader("X-Hub-Signature-256") String signed,
            @RequestHeader("X-GitHub-Event") String event,
            @RequestHeader("X-GitHub-Delivery") String key) {
        signature.verify(body, signed);
        String id = UUID.randomUUID().toString();
        jms.send("deliveries", session -> {
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(body);
            message.setStringProperty("forgewayDeliveryId", id);
            message.setStringProperty("forgewaySource", "github");
            message.setStringProperty("forgewayKey", key);
            message.setStringProperty("forgewayEventName", event);
            message.setStringProperty("forgewayReceivedAt", Instant.now().toString());
            return message;
        });
        return ResponseEntity.accepted().body("{\"id\":\"%s\",\"status\":\"accepted\"}".formatted(id));
    }

    @ExceptionHandler(UnauthenticatedException.class)
    ResponseEntity<String> refuse() {
        return ResponseEntity.status(HttpStatus.UNAUTHORIZED).body("{\"error\":\"signature missing or wrong\"}");
    }
}
