package dev.forgeway.handle.downstream;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a spec file, as far as an update changes it: a plain version, the number that a release begins with, and the
 * changelog (https://rpm-software-management.github.io/rpm/manual/spec.html). Macros are known when the file itself
 * defines them by plain text; others are left to tools that know RPM.
 */
final class SpecFile {

    private static final Pattern TAG =
            Pattern.compile("(?im)^(name|version|url|epoch|release|source\\d*):[ \\t]*(\\S+)[ \\t]*$");
    private static final Pattern DEFINITION =
            Pattern.compile("(?m)^%(?:global|define)[ \\t]+(\\w+)[ \\t]+(\\S+)[ \\t]*$");
    private static final Pattern MACRO = Pattern.compile("%\\{\\??(\\w+)}|%(\\w+)");
    private static final Pattern CHANGELOG = Pattern.compile("(?m)^%changelog[ \\t]*(\\R|\\z)");
    private static final Pattern RELEASE_NUMBER = Pattern.compile("^[0-9][\\w.~^+]*");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE MMM dd yyyy", Locale.ENGLISH);
    private static final int DEEPEST = 8;

    private String text;

    SpecFile(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** The version, with macros that the file defines in place of their names. */
    String version() {
        return expand(tag("version"));
    }

    /** The addresses and names of the sources, in their order; what could not be expanded still has a {@code %}. */
    List<String> sources() {
        List<String> sources = new ArrayList<>();
        Matcher tags = TAG.matcher(text);
        while (tags.find()) {
            if (tags.group(1).toLowerCase(Locale.ROOT).startsWith("source")) {
                sources.add(expand(tags.group(2)));
            }
        }
        return sources;
    }

    /**
     * Makes it the spec file of another version. One that has the version already stays as it is.
     *
     * @param packager {@code Name <address>}
     * @throws IllegalArgumentException when it has a newer version, and when the version or the release are made of macros that are not known
     */
    void update(String version, LocalDate day, String packager, String entry) {
        String before = version();
        if (before.equals(version)) {
            return;
        }
        if (isNewer(before, version)) {
            throw new IllegalArgumentException("the spec file has the newer version " + before);
        }
        set("version", version);
        String release = tag("release");
        if (!release.contains("%autorelease") && !release.contains("%{autorelease}")) {
            set("release", "1");
        }
        if (!text.contains("%autochangelog") && !text.contains("%{autochangelog}")) {
            log(version, day, packager, entry);
        }
    }

    /** No where it cannot be told, because of macros. */
    private static boolean isNewer(String one, String other) {
        return !one.contains("%") && RpmVersion.ORDER.compare(one, other) > 0;
    }

    /** Changes a tag, or the macro that it consists of. */
    private void set(String name, String value) {
        String written = tag(name);
        Matcher macro = MACRO.matcher(name.equals("release") ? written.replaceFirst("%\\{\\?dist}$", "") : written);
        if (macro.matches()) {
            String defined = macro.group(1) == null ? macro.group(2) : macro.group(1);
            define(name, defined, value);
        } else if (name.equals("release") && RELEASE_NUMBER.matcher(written).find()) {
            replace(name, RELEASE_NUMBER.matcher(written).replaceFirst(value));
        } else if (!written.contains("%")) {
            replace(name, value);
        } else {
            throw new IllegalArgumentException(
                    "the " + name + " of the spec file (" + written + ") is made of macros that only RPM understands");
        }
    }

    private void define(String name, String macro, String value) {
        Matcher definitions = DEFINITION.matcher(text);
        while (definitions.find()) {
            if (definitions.group(1).equals(macro) && !definitions.group(2).contains("%")) {
                text = text.substring(0, definitions.start(2)) + value + text.substring(definitions.end(2));
                return;
            }
        }
        throw new IllegalArgumentException("the " + name + " of the spec file is the macro " + macro
                + ", which the file does not define by a plain text");
    }

    private void replace(String name, String value) {
        Matcher tags = TAG.matcher(text);
        while (tags.find()) {
            if (tags.group(1).equalsIgnoreCase(name)) {
                text = text.substring(0, tags.start(2)) + value + text.substring(tags.end(2));
                return;
            }
        }
    }

    private void log(String version, LocalDate day, String packager, String entry) {
        Matcher changelog = CHANGELOG.matcher(text);
        if (!changelog.find()) {
            return;
        }
        String epoch = tags().getOrDefault("epoch", "");
        String heading = "* " + DAY.format(day) + " " + packager + " - " + (epoch.isEmpty() ? "" : epoch + ":")
                + version + "-1\n- " + entry + "\n";
        String rest = text.substring(changelog.end());
        text = text.substring(0, changelog.start()) + "%changelog\n" + heading + (rest.isBlank() ? "" : "\n" + rest);
    }

    private String tag(String name) {
        String value = tags().get(name);
        if (value == null) {
            throw new IllegalArgumentException("the spec file has no line that begins with " + name + ":");
        }
        return value;
    }

    /** The first of each. */
    private Map<String, String> tags() {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher tags = TAG.matcher(text);
        while (tags.find()) {
            values.putIfAbsent(tags.group(1).toLowerCase(Locale.ROOT), tags.group(2));
        }
        return values;
    }

    private String expand(String value) {
        Map<String, String> known = tags();
        Matcher definitions = DEFINITION.matcher(text);
        while (definitions.find()) {
            known.putIfAbsent(definitions.group(1), definitions.group(2));
        }
        String expanded = value;
        for (int i = 0; i < DEEPEST && expanded.contains("%"); i++) {
            expanded = MACRO.matcher(expanded).replaceAll(macro -> {
                String name = macro.group(1) == null ? macro.group(2) : macro.group(1);
                return Matcher.quoteReplacement(
                        known.getOrDefault(name.toLowerCase(Locale.ROOT), known.getOrDefault(name, macro.group())));
            });
        }
        return expanded;
    }
}
