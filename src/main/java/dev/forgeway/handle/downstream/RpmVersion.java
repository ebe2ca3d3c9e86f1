package dev.forgeway.handle.downstream;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The order of versions as RPM has it (https://rpm-software-management.github.io/rpm/man/rpm-version.7, "Comparing"). */
final class RpmVersion {

    /** From the oldest to the newest; versions that differ in their separators or in leading zeros alone are equal. */
    static final Comparator<String> ORDER = RpmVersion::compare;

    /** A run of digits or of letters, or an operator; everything else separates and is not compared. */
    private static final Pattern SEGMENT = Pattern.compile("[0-9]+|[A-Za-z]+|~|\\^");

    private RpmVersion() {}

    private static int compare(String one, String other) {
        Matcher ones = SEGMENT.matcher(one);
        Matcher others = SEGMENT.matcher(other);
        while (true) {
            String first = ones.find() ? ones.group() : null;
            String second = others.find() ? others.group() : null;
            if (first == null && second == null) {
                return 0;
            }
            int compared = rank(first) == rank(second) && first != null && second != null
                    ? inKind(first, second)
                    : Integer.compare(rank(first), rank(second));
            if (compared != 0) {
                return compared;
            }
        }
    }

    /** What follows a tilde is older than nothing, and what follows a caret is newer than that but older than all else. */
    private static int rank(@Nullable String segment) {
        if (segment == null) {
            return 1;
        }
        char first = segment.charAt(0);
        if (first == '~') {
            return 0;
        }
        if (first == '^') {
            return 2;
        }
        return isDigit(first) ? 4 : 3;
    }

    /** Numbers can have more digits than any type holds. */
    private static int inKind(String one, String other) {
        if (!isDigit(one.charAt(0))) {
            return one.compareTo(other);
        }
        String first = one.replaceFirst("^0+", "");
        String second = other.replaceFirst("^0+", "");
        return first.length() == second.length()
                ? first.compareTo(second)
                : Integer.compare(first.length(), second.length());
    }

    private static boolean isDigit(char one) {
        return one >= '0' && one <= '9';
    }
}
