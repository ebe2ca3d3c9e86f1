package dev.forgeway.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A topic with places for what an event says: {@code org.example.{forge}.{type}.{action}}.
 *
 * @param text with names in braces
 */
public record TopicTemplate(String text) {

    /** The names that an event has something for. */
    public static final Set<String> NAMES = Set.of("type", "action", "forge", "namespace", "name");

    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

    /** What no bus takes in a topic, or takes for a pattern. */
    private static final Pattern UNFIT = Pattern.compile("[^\\w./-]");

    /** The names in braces that nothing is known for. */
    List<String> unknown() {
        return PLACE.matcher(text)
                .results()
                .map(place -> place.group(1))
                .filter(name -> !NAMES.contains(name))
                .toList();
    }

    /** The topic. What is unfit in a value becomes {@code _}, and so does a value that is not there. */
    public String fill(Map<String, String> values) {
        return PLACE.matcher(text).replaceAll((MatchResult place) -> {
            String value = values.getOrDefault(place.group(1), "");
            return value.isEmpty() ? "_" : UNFIT.matcher(value).replaceAll("_");
        });
    }
}
