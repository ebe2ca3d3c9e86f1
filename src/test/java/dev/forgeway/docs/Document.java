package dev.forgeway.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A document of this repository. */
record Document(Path path) {

    static Document of(String path) {
        return new Document(Path.of(path));
    }

    String text() {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands below a heading, up to the next one. */
    Document.Part below(String heading) {
        String text = text();
        int start = text.indexOf("\n" + heading + "\n");
        if (start < 0) {
            throw new IllegalStateException(path + " has no heading " + heading);
        }
        String rest = text.substring(start + heading.length() + 2);
        int end = rest.indexOf("\n#");
        return new Part(end < 0 ? rest : rest.substring(0, end));
    }

    /** Some of a document's text. */
    record Part(String text) {

        /** The words in code type of the first column of a table, row by row. */
        List<String> firstColumn() {
            return text.lines()
                    .filter(line -> line.startsWith("| `"))
                    .map(line -> line.split("\\|", 3)[1])
                    .flatMap(cell -> words(cell).stream())
                    .toList();
        }

        private static List<String> words(String cell) {
            return Pattern.compile("`([^`]+)`")
                    .matcher(cell)
                    .results()
                    .map(word -> word.group(1))
                    .toList();
        }
    }
}
