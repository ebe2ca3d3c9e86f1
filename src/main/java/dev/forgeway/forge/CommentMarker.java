package dev.forgeway.forge;

/** A key at the end of a comment, in an HTML comment that the forge's Markdown hides. */
public final class CommentMarker {

    private final String text;

    private CommentMarker(String text) {
        this.text = text;
    }

    /** The key as it stands in comments, which it must not be able to end. */
    public static CommentMarker of(String key) {
        String safe = key.replace("%", "%25")
                .replace(">", "%3E")
                .replace("--", "-%2D")
                .replaceAll("\\p{Cntrl}", " ");
        return new CommentMarker("<!-- forgeway:" + safe + " -->");
    }

    /** The text with the marker after it; the text is cut when both together are too long. */
    public String under(String body, int longest) {
        String ending = "\n\n" + text;
        return Texts.cut(body, longest - ending.length()) + ending;
    }

    /** Whether a comment is the marked one. Ours ends with the marker; a comment that quotes ours does not. */
    public boolean marks(String comment) {
        return comment.stripTrailing().endsWith(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
