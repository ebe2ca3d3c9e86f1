package dev.forgeway.error;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Where a failure happened, as text that is kept. */
public final class StackText {

    /** The causes come last and say the most; more than that nobody reads. */
    private static final int MOST = 20_000;

    private StackText() {}

    /** The stack of a failure and of its causes; of a very long one the beginning and the end. */
    public static String of(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        // PostgreSQL takes no zero byte in a text
        String stack = text.toString().replace("\0", "");
        int half = MOST / 2;
        return stack.length() <= MOST
                ? stack
                : stack.substring(0, half) + "\n\t[...]\n" + stack.substring(stack.length() - half);
    }
}
