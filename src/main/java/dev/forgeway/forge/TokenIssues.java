package dev.forgeway.forge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.util.OptionalInt;
import java.util.function.Function;

/** Issues of a forge that is called with one token, found again by a marker that its pages do not show. */
public final class TokenIssues {

    private static final int LONGEST_TITLE = 255;

    private final TokenApi api;
    private final Wire wire;

    public TokenIssues(TokenApi api, Wire wire) {
        this.api = api;
        this.wire = wire;
    }

    /**
     * How the API of a forge speaks of issues.
     *
     * @param need what the account of the token needs to open one
     * @param newest where a page of the newest is read, closed or not
     * @param listed where they are in that answer, as a JSON pointer (RFC 6901)
     * @param text the field with the text of one
     * @param opening where one is opened
     * @param written the field with its text there
     * @param opened where it is in the answer to that, as a JSON pointer
     * @param number the field with its number, in both answers
     * @param longestText in characters
     */
    public record Wire(
            String need,
            Function<Target, ServiceUri> newest,
            String listed,
            String text,
            Function<Target, ServiceUri> opening,
            String written,
            String opened,
            String number,
            int longestText) {}

    /** As {@link Forge#openIssue}. */
    public int open(Target target, String key, String title, String text, boolean searchFirst) {
        CommentMarker marker = CommentMarker.of(key);
        try {
            OptionalInt earlier = searchFirst ? find(target, marker) : OptionalInt.empty();
            return earlier.isPresent()
                    ? earlier.getAsInt()
                    : create(target, title, marker.under(text, wire.longestText));
        } catch (ServiceRefusedException e) {
            throw api.refused(e, wire.need);
        }
    }

    private int create(Target target, String title, String text) {
        JsonNode wanted =
                TokenApi.object().put("title", Texts.cut(title, LONGEST_TITLE)).put(wire.written, text);
        JsonNode answer = api.post("issue-create", wire.opening.apply(target).toUri(), wanted);
        return api.number(answer.at(wire.opened), wire.number);
    }

    /** An earlier attempt was a short time ago. */
    private OptionalInt find(Target target, CommentMarker marker) {
        for (JsonNode issue : api.get("issue-find", wire.newest.apply(target)).at(wire.listed)) {
            if (marker.marks(issue.path(wire.text).asText())) {
                return OptionalInt.of(api.number(issue, wire.number));
            }
        }
        return OptionalInt.empty();
    }
}
