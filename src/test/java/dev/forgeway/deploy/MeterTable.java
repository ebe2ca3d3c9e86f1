package dev.forgeway.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The meters of docs/architecture.md with their tags. {@code MetricsDocumentTest} sees to it that the document tells what is
 * in the code.
 *
 * @param tags by the name of the meter in Prometheus, without {@code _bucket}, {@code _count} and so on
 */
record MeterTable(Map<String, Set<String>> tags) {

    /** What Prometheus adds: by which the buckets of a histogram, and several installations, are told apart. */
    private static final Set<String> OF_PROMETHEUS = Set.of("le", "namespace");

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| ((?:`[a-z_A-Z]+`(?:, )?)+) \\| ([a-zA-Z, ]*?) *\\| [^|]+ \\|$");
    private static final Pattern USE =
            Pattern.compile("\\b((?:forgeway|camel)_[a-z_]+?)(?:_bucket|_count|_sum|_max)?(?![a-z_])(?:\\{([^}]*)})?");
    private static final Pattern GROUPS = Pattern.compile("\\bby \\(([^)]*)\\)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+) *(?:=~|!~|!=|=)");

    static MeterTable read() throws IOException {
        Map<String, Set<String>> tags = new HashMap<>();
        Matcher rows = ROW.matcher(Files.readString(Path.of("docs/architecture.md")));
        while (rows.find()) {
            for (String name : rows.group(1).split(", ")) {
                tags.put(
                        name.replace("`", ""),
                        Arrays.stream(rows.group(2).split(", *"))
                                .filter(tag -> !tag.isBlank())
                                .collect(Collectors.toSet()));
            }
        }
        return new MeterTable(tags);
    }

    /** By which labels an expression sums up, in their order. */
    static List<String> grouped(String expression) {
        return GROUPS.matcher(expression)
                .results()
                .flatMap(groups -> Arrays.stream(groups.group(1).split(", *")))
                .distinct()
                .toList();
    }

    /** What an expression asks for that no meter tells. */
    Set<String> unknownIn(String expression) {
        Set<String> unknown = new TreeSet<>();
        Set<String> groups = new TreeSet<>(grouped(expression));
        groups.removeAll(OF_PROMETHEUS);
        Matcher uses = USE.matcher(expression);
        while (uses.find()) {
            Set<String> known = tags.get(uses.group(1));
            groups.removeAll(known == null ? Set.of() : known);
            if (known == null) {
                unknown.add(uses.group(1));
            } else if (uses.group(2) != null) {
                LABEL.matcher(uses.group(2).replaceAll("\"[^\"]*\"", ""))
                        .results()
                        .map(label -> label.group(1))
                        .filter(label -> !known.contains(label) && !OF_PROMETHEUS.contains(label))
                        .forEach(label -> unknown.add(uses.group(1) + "{" + label + "}"));
            }
        }
        groups.forEach(label -> unknown.add("by (" + label + ")"));
        return unknown;
    }
}
