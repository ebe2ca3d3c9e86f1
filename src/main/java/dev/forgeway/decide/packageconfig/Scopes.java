package dev.forgeway.decide.packageconfig;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The mappings that a job takes its values from, the nearest first. A key replaces the whole value of a farther one,
 * and a key without a value takes the farther one away.
 */
record Scopes(List<YamlObject> nearestFirst) {

    @Nullable
    YamlValue find(String key) {
        for (YamlObject scope : nearestFirst) {
            YamlValue value = KnownKeys.value(scope, key);
            if (value != null) {
                return value.isNull() ? null : value;
            }
        }
        return null;
    }

    @Nullable
    String text(String key) {
        YamlValue value = find(key);
        return value == null ? null : value.text();
    }

    boolean bool(String key) {
        YamlValue value = find(key);
        return value != null && value.bool();
    }

    List<String> texts(String key, String example, List<String> otherwise) {
        YamlValue value = find(key);
        return value == null ? otherwise : value.texts(example);
    }

    /** What stands in a mapping below this one; the other value where there is no such mapping. */
    <T> T below(String key, String example, T otherwise, Function<Scopes, T> read) {
        YamlValue value = find(key);
        return value == null ? otherwise : read.apply(new Scopes(List.of(value.object(example))));
    }
}
