package dev.forgeway.schedule;

import dev.forgeway.service.datagrepper.Datagrepper.Filter;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The binding of a queue to a topic exchange: {@code *} is one word, {@code #} any number of them
 * (https://www.rabbitmq.com/docs/exchanges#topic).
 */
record TopicBinding(String text) {

    /** {@code org.fedoraproject.prod.copr.…}: the category is the fourth word. */
    private static final int CATEGORY = 3;

    boolean matches(String topic) {
        StringBuilder pattern = new StringBuilder();
        for (String word : text.split("\\.", -1)) {
            pattern.append(
                    switch (word) {
                        case "*" -> "\\.[^.]+";
                        case "#" -> "(?:\\.[^.]+)*";
                        default -> "\\." + Pattern.quote(word);
                    });
        }
        return ("." + topic).matches(pattern.toString());
    }

    /** The narrowest question that finds all that is bound; datagrepper knows no patterns. */
    Filter filter() {
        List<String> words = List.of(text.split("\\.", -1));
        int wild = 0;
        while (wild < words.size() && !List.of("*", "#").contains(words.get(wild))) {
            wild++;
        }
        if (wild == words.size()) {
            return new Filter(text, null);
        }
        return new Filter(null, wild > CATEGORY ? words.get(CATEGORY) : null);
    }
}
