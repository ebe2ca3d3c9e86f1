package dev.forgeway.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.forge.github.GitHubFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The heads of the open pull requests as they were seen last. The events API never tells that a pull request got new
 * commits, and tells the rest late; two lists of heads tell it at once.
 *
 * @param highest the highest number ever seen; above it everything is new
 * @param complete whether these are all open ones, so that another one was reopened
 * @param heads the commit of each, by number
 */
record PullRequestHeads(int highest, boolean complete, Map<String, String> heads) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What is in GitHub's answer, with what is known from before: where it is not all open ones, the others are as they were, so
     * that new commits are seen of one that was quiet while a hundred changed.
     */
    static PullRequestHeads in(JsonNode pulls, @Nullable PullRequestHeads before) {
        boolean complete = pulls.size() < GitHubFeed.PAGE;
        Map<String, String> heads = new TreeMap<>(complete || before == null ? Map.of() : before.heads);
        int highest = before == null ? 0 : before.highest;
        for (JsonNode pull : pulls) {
            highest = Math.max(highest, pull.path("number").asInt());
            heads.put(pull.path("number").asText(), pull.at("/head/sha").asText());
        }
        return new PullRequestHeads(highest, complete, heads);
    }

    static PullRequestHeads read(String text) {
        try {
            return JSON.readValue(text, PullRequestHeads.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is remembered of pull requests cannot be read", e);
        }
    }

    String write() {
        return JSON.valueToTree(this).toString();
    }

    /** What happened to the pull requests since, those first that changed first. */
    List<PolledDelivery> changes(JsonNode pulls) {
        List<PolledDelivery> changes = new ArrayList<>();
        for (JsonNode pull : pulls) {
            change(pull).ifPresent(change -> changes.add(0, change));
        }
        return changes;
    }

    /** Who pushed is not told; it is taken for the author. */
    private Optional<PolledDelivery> change(JsonNode pull) {
        String number = pull.path("number").asText();
        String head = pull.at("/head/sha").asText();
        String before = heads.get(number);
        if (head.equals(before) || (before == null && pull.path("number").asInt() <= highest && !complete)) {
            return Optional.empty();
        }
        ObjectNode body = JSON.createObjectNode();
        body.put("action", action(before, pull.path("number").asInt()));
        body.set("number", pull.path("number"));
        body.set("pull_request", pull);
        if (before != null) {
            body.put("before", before).put("after", head);
        }
        body.set("repository", pull.at("/base/repo"));
        body.set("sender", pull.path("user"));
        return Optional.of(new PolledDelivery("pull_request", "pull:" + number + ":" + head, body));
    }

    private String action(@Nullable String before, int number) {
        if (before != null) {
            return "synchronize";
        }
        return number > highest ? "opened" : "reopened";
    }
}
