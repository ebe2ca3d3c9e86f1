package dev.forgeway.forge.pagure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.forge.Check;
import dev.forgeway.forge.CheckState;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.Texts;
import dev.forgeway.forge.TokenApi;
import dev.forgeway.service.http.ServiceRefusedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Checks as flags of a commit (https://pagure.io/api/0/#projects, "Flag a commit"). A pull request shows the flags that
 * its own project has for its head, so that they are put there, also for forks; the call that flags a pull request itself
 * would flag whatever its head is by then. A flag that comes with the {@code uid} of an earlier one replaces it, so that a
 * repeated call changes nothing.
 */
final class PagureFlags {

    private static final String NEED = "an API key with the ACL commit_flag, for all projects or for this one";
    private static final int UID_LENGTH = 32;

    private final TokenApi api;

    PagureFlags(TokenApi api) {
        this.api = api;
    }

    String put(Target target, String commit, Check check) {
        String uid = uid(target, commit, check);
        try {
            api.post(
                    "flag-put",
                    PagureProjects.at(api, target, "c", commit, "flag").toUri(),
                    flag(target, check).put("uid", uid));
            return uid;
        } catch (ServiceRefusedException e) {
            if (e.status() == 404) {
                throw new TransientException("Pagure does not know the commit, or not yet: " + e.serviceMessage());
            }
            throw api.refusedCheck(e, NEED);
        }
    }

    /** The address is mandatory; without one of its own, a flag leads to the project. */
    private static ObjectNode flag(Target target, Check check) {
        ObjectNode flag = TokenApi.object()
                .put("username", check.name())
                .put("comment", Texts.description(check))
                .put("url", check.webAddress().orElse(target.project().url()))
                .put("status", status(check.state()));
        switch (check.state()) {
            case SUCCESS -> flag.put("percent", "100");
            case FAILURE, ERROR -> flag.put("percent", "0");
            default -> {
                // what runs, or says neither yes nor no, has no percentage
            }
        }
        return flag;
    }

    /** Pagure has no state for what runs or is neither good nor bad; neutral is an error, as packit's users know it. */
    private static String status(CheckState state) {
        return switch (state) {
            case PENDING, RUNNING -> "pending";
            case SUCCESS -> "success";
            case FAILURE -> "failure";
            case CANCELED -> "canceled";
            case ERROR, NEUTRAL -> "error";
        };
    }

    /** One for each check of each commit, because a uid may belong to one flag of the whole site only. */
    private static String uid(Target target, String commit, Check check) {
        String whole = target.project().key() + "\n" + commit + "\n" + check.name();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, UID_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
