package dev.forgeway.simulator;

import java.util.Map;

/** Somebody who takes whatever events are posted. */
public final class ReceiverSimulator extends HttpSimulator {

    public ReceiverSimulator() {
        super(0);
        route("POST", "/{subscriber}", request -> Response.json(202, Map.of()));
        startListening();
    }

    @Override
    Response unknownPath(Request request) {
        return Response.html(404, "not found");
    }
}
