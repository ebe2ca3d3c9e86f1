package dev.forgeway.forge.github;

/** Cuts texts to GitHub's limits. */
final class Texts {

    private Texts() {}

    /** The text, cut to so many characters, never through a surrogate pair. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
