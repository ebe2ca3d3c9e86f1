package dev.forgeway.send;

import java.util.Locale;

/** Which of the three ways GitLab has to prove a delivery (docs/senders/gitlab.md). */
enum GitLabProof {
    SIGNING,
    TOKEN,
    JWT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
