package dev.forgeway.service.webhook;

import dev.forgeway.service.http.Credential;
import org.jspecify.annotations.Nullable;

/** A receiver is shown a signature and no token; where it is, may be a secret. */
record ReceiverCredential(Receiver receiver) implements Credential {

    @Override
    public @Nullable String header() {
        return null;
    }

    @Override
    public String settings() {
        return "receiver " + receiver.name();
    }

    @Override
    public String shownPath(String path) {
        return "…";
    }
}
