package dev.forgeway.handle.downstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code sources} of a package, which says by their hashes which files of the lookaside cache belong to it:
 * {@code SHA512 (hello-1.0.tar.gz) = 12ab…}, and in old lines {@code <md5>  hello-1.0.tar.gz}.
 */
final class SourcesFile {

    private static final Pattern LINE = Pattern.compile("\\w+ \\((.+)\\) = [0-9a-f]+|[0-9a-f]{32}\\s+(\\S+)");

    private final List<String> lines;

    SourcesFile(String text) {
        this.lines = new ArrayList<>(text.lines().toList());
    }

    boolean names(String file) {
        return lines.stream().anyMatch(line -> nameIn(line).equals(file));
    }

    /** Leaves out files that are not needed any longer. */
    void remove(Set<String> files) {
        lines.removeIf(line -> files.contains(nameIn(line)));
    }

    /** Says which content a file has, in place of what was said of it before. */
    void put(String file, String sha512) {
        remove(Set.of(file));
        lines.add("SHA512 (" + file + ") = " + sha512);
    }

    private static String nameIn(String line) {
        Matcher matcher = LINE.matcher(line.strip());
        if (!matcher.matches()) {
            return "";
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }

    String text() {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
