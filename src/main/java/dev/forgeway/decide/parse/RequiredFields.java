package dev.forgeway.decide.parse;

import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** What a record that was read from JSON must have: everything that is not {@link Nullable}, and numbers from 1 on. */
final class RequiredFields {

    private RequiredFields() {}

    /** @throws dev.forgeway.error.RejectedException with the path of the first field that is missing */
    static void check(Object read, String path) {
        for (RecordComponent component : read.getClass().getRecordComponents()) {
            String place = at(path, component.getName().equals("pkg") ? "package" : component.getName());
            Object value = value(component, read);
            if (value == null && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                throw Payload.missing(place);
            }
            if (value instanceof Number number && number.longValue() < 1) {
                throw Payload.missing(place);
            }
            if (value instanceof Record inner) {
                check(inner, place);
            }
            if (value instanceof Iterable<?> elements) {
                elements.forEach(element -> {
                    if (element == null) {
                        throw Payload.missing(place);
                    }
                });
            }
        }
    }

    static String at(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static @Nullable Object value(RecordComponent component, Object read) {
        try {
            return component.getAccessor().invoke(read);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
