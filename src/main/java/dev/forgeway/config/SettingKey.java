package dev.forgeway.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One key, as the records define it.
 *
 * @param name the full key ("forgeway.data-dir")
 * @param kind what may follow the key
 * @param fields what each entry of a map of records may have; empty for any other key
 */
record SettingKey(String name, Kind kind, Set<String> fields) {

    private static final Pattern CAMEL_HUMP = Pattern.compile("([a-z0-9])([A-Z])");

    /** How the values of a key are written. */
    enum Kind {
        SINGLE,
        /** One value with commas, or one value for each index. */
        LIST,
        /** One value for each name below the key. */
        MAP
    }

    /** All keys, in the order of the records. */
    static List<SettingKey> all() {
        var keys = new ArrayList<SettingKey>();
        collect("forgeway", Settings.class, keys);
        return List.copyOf(keys);
    }

    private static void collect(String prefix, Class<?> type, List<SettingKey> keys) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + "." + dashed(component.getName());
            if (component.getType().isRecord()) {
                collect(name, component.getType(), keys);
            } else {
                keys.add(new SettingKey(name, kindOf(component.getType()), fields(component)));
            }
        }
    }

    private static Set<String> fields(RecordComponent component) {
        return kindOf(component.getType()) == Kind.MAP
                        && component.getGenericType() instanceof ParameterizedType map
                        && map.getActualTypeArguments()[1] instanceof Class<?> value
                        && value.isRecord()
                ? Arrays.stream(value.getRecordComponents())
                        .map(field -> dashed(field.getName()))
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    private static Kind kindOf(Class<?> type) {
        if (Map.class.isAssignableFrom(type)) {
            return Kind.MAP;
        }
        return Collection.class.isAssignableFrom(type) ? Kind.LIST : Kind.SINGLE;
    }

    /** The name of a record component or of a path of them, as it stands in a key. */
    static String dashed(String componentName) {
        return CAMEL_HUMP.matcher(componentName).replaceAll("$1-$2").toLowerCase(Locale.ROOT);
    }
}
