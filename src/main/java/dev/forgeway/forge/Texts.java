package dev.forgeway.forge;

/** Cuts texts to the limits of a forge. */
public final class Texts {

    /** How long the description of a commit status or a flag is at most, as packit's users know it. */
    private static final int LONGEST_DESCRIPTION = 140;

    private Texts() {}

    /** The text, cut to so many characters, never through a surrogate pair. */
    public static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    /** The title of a check, for forges that have one line for it. */
    public static String description(Check check) {
        return cut(check.title(), LONGEST_DESCRIPTION);
    }
}
