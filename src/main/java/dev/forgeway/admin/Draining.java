package dev.forgeway.admin;

import java.util.Map;

/** What this process takes in, and what it is at. */
public interface Draining {

    /** Takes nothing more, except webhooks, which are kept; what runs goes on. */
    void begin();

    /** Takes in again. */
    void end();

    /** How many messages each route works on that took them in. */
    Map<String, Integer> running();
}
