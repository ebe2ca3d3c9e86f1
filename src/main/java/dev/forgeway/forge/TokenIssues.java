package dev.forgeway.forge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.util.Optional;
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
    public int open(Target target, String key, String title, String text) {
        JsonNode wanted = TokenApi.object()
                .put("title", Texts.cut(title, LONGEST_TITLE))
                .put(wire.written, CommentMarker.of(key).under(text, wire.longestText));
        try {
            JsonNode answer =
                    api.post("issue-create", wire.opening.apply(target).toUri(), wanted);
            return api.number(answer.at(wire.opened), wire.number);
        } catch (ServiceRefusedException e) {
            throw api.refused(e, wire.need);
        }
    }

    /** As {@link Forge#findIssue}. */
    public Optional<Integer> find(Target target, String key) {
        CommentMarker marker = CommentMarker.of(key);
        try {
            for (JsonNode issue :
                    api.get("issue-find", wire.newest.apply(target)).at(wire.listed)) {
                if (marker.marks(issue.path(wire.text).asText())) {
                    return Optional.of(api.number(issue, wire.number));
                }
            }
            return Optional.empty();
        } catch (ServiceRefusedException e) {
            throw api.refused(e, wire.need);
        }
    }
}
