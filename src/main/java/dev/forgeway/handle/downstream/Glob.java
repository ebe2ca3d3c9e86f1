package dev.forgeway.handle.downstream;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of names: {@code ?}, {@code *} and sets of characters ({@code [a-z]}, {@code [!a]}) stand for what is not a slash,
 * {@code **} for anything. Others write patterns and names, so matching takes no longer than the product of their lengths.
 */
final class Glob {

    /** What one part of a pattern stands for. */
    private record Part(Kind kind, String characters, boolean negated) {

        boolean fits(char one) {
            return switch (kind) {
                case LITERAL -> characters.charAt(0) == one;
                case ANY, STAR -> one != '/';
                case STARS -> true;
                case SET -> one != '/' && isIn(one) != negated;
            };
        }

        boolean repeats() {
            return kind == Kind.STAR || kind == Kind.STARS;
        }

        private boolean isIn(char one) {
            for (int i = 0; i < characters.length(); i++) {
                if (i + 2 < characters.length() && characters.charAt(i + 1) == '-') {
                    if (characters.charAt(i) <= one && one <= characters.charAt(i + 2)) {
                        return true;
                    }
                    i += 2;
                } else if (characters.charAt(i) == one) {
                    return true;
                }
            }
            return false;
        }
    }

    private enum Kind {
        LITERAL,
        ANY,
        STAR,
        STARS,
        SET
    }

    private final List<Part> parts;

    Glob(String pattern) {
        this.parts = parse(pattern);
    }

    static boolean isPattern(String text) {
        return text.matches(".*[*?\\[].*");
    }

    private static List<Part> parse(String pattern) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < pattern.length()) {
            char one = pattern.charAt(at);
            int end = one == '[' ? pattern.indexOf(']', at + (isNegation(pattern, at + 1) ? 3 : 2)) : -1;
            if (one == '*') {
                int stars = 1;
                while (at + stars < pattern.length() && pattern.charAt(at + stars) == '*') {
                    stars++;
                }
                parts.add(new Part(stars == 1 ? Kind.STAR : Kind.STARS, "", false));
                at += stars;
            } else if (one == '?') {
                parts.add(new Part(Kind.ANY, "", false));
                at++;
            } else if (end > 0) {
                boolean negated = isNegation(pattern, at + 1);
                parts.add(new Part(Kind.SET, pattern.substring(at + (negated ? 2 : 1), end), negated));
                at = end + 1;
            } else {
                int literal = one == '\\' && at + 1 < pattern.length() ? at + 1 : at;
                parts.add(new Part(Kind.LITERAL, pattern.substring(literal, literal + 1), false));
                at = literal + 1;
            }
        }
        return parts;
    }

    private static boolean isNegation(String pattern, int at) {
        return at < pattern.length() && (pattern.charAt(at) == '!' || pattern.charAt(at) == '^');
    }

    boolean matches(String text) {
        boolean[] reached = new boolean[parts.size() + 1];
        reached[0] = true;
        skip(reached);
        for (int i = 0; i < text.length(); i++) {
            boolean[] next = new boolean[reached.length];
            for (int part = 0; part < parts.size(); part++) {
                if (reached[part] && parts.get(part).fits(text.charAt(i))) {
                    next[parts.get(part).repeats() ? part : part + 1] = true;
                }
            }
            skip(next);
            reached = next;
        }
        return reached[parts.size()];
    }

    /** Stars stand for nothing too. */
    private void skip(boolean[] reached) {
        for (int part = 0; part < parts.size(); part++) {
            if (reached[part] && parts.get(part).repeats()) {
                reached[part + 1] = true;
            }
        }
    }
}
