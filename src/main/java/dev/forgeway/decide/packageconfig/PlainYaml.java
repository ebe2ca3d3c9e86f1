package dev.forgeway.decide.packageconfig;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Makes plain values of a part of the file that has a form of its own. What is not clearly a number or a boolean in JSON too
 * stays text. Aliases are written out, up to a limit.
 */
final class PlainYaml {

    private static final int MOST_VALUES = 1_000;

    private int values;

    Map<String, @Nullable Object> object(YamlObject object) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        for (String key : object.keys()) {
            YamlValue value = object.get(key);
            plain.put(key, value == null ? null : value(value));
        }
        return plain;
    }

    private @Nullable Object value(YamlValue value) {
        if (++values > MOST_VALUES) {
            throw value.failure("there are too many values", "keep it below " + MOST_VALUES);
        }
        if (value.isNull()) {
            return null;
        }
        if (value.isObject()) {
            return object(value.object("key: value"));
        }
        if (value.isList()) {
            List<@Nullable Object> list = new ArrayList<>();
            value.elements("value").forEach(element -> list.add(value(element)));
            return list;
        }
        return scalar(value.tag(), value.scalar());
    }

    private static Object scalar(Tag tag, String text) {
        if (tag.equals(Tag.BOOL) && text.matches("(?i)true|yes|on|false|no|off")) {
            return text.matches("(?i)true|yes|on");
        }
        if (tag.equals(Tag.INT) && text.matches("-?(0|[1-9]\\d{0,18})")) {
            BigInteger number = new BigInteger(text);
            return number.bitLength() < Long.SIZE ? (Object) number.longValue() : text;
        }
        if (tag.equals(Tag.FLOAT) && text.matches("-?\\d{1,15}\\.\\d{1,15}")) {
            return new BigDecimal(text);
        }
        return text;
    }
}
