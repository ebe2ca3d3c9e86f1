package dev.forgeway.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody probably meant to write: the "did you mean" of a message. */
public final class Suggestion {

    private static final int MOST_SLIPS = 4;

    private Suggestion() {}

    /** The known name that needs the fewest slips of the pen to become the written one; empty when none is near. */
    public static Optional<String> nearest(String written, Collection<String> known) {
        String lower = written.toLowerCase(Locale.ROOT);
        int limit = Math.min(MOST_SLIPS, (written.length() + 1) / 3);
        return known.stream()
                .filter(name -> Math.abs(name.length() - written.length()) <= limit)
                .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= limit)
                .min(Comparator.comparingInt((String name) -> distance(lower, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The number of insertions, deletions and replacements between two words (Levenshtein). */
    private static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = previous[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(previous[column], current[column - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
