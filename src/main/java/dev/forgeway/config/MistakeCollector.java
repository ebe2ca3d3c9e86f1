package dev.forgeway.config;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.ResolvableType;
import org.springframework.util.unit.DataSize;

/**
 * Notes each value that cannot be read and lets the binding go on with the default, so that the next mistake is found
 * too. An empty value counts as not set.
 */
final class MistakeCollector extends AbstractBindHandler {

    private static final String UNRESOLVED = "refers to a property or variable that is not set";

    private final List<Mistake> mistakes;

    MistakeCollector(List<Mistake> mistakes) {
        this.mistakes = mistakes;
    }

    @Override
    public @Nullable Object onSuccess(
            ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
        String text =
                result instanceof Secret secret ? secret.value() : result instanceof String string ? string : null;
        if (text != null && text.contains("${")) {
            mistakes.add(new Mistake(name.toString(), UNRESOLVED, name + "=" + example(target.getType())));
        }
        return text != null && text.isBlank() && !name.isLastElementIndexed() ? null : result;
    }

    @Override
    public @Nullable Object onFailure(
            ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) {
        if (error instanceof UnboundConfigurationPropertiesException unbound) {
            // what follows a bad element of a list stays unbound; the bad element was noted already
            if (mistakes.stream().noneMatch(mistake -> mistake.key().startsWith(name + "["))) {
                unbound.getUnboundProperties()
                        .forEach(property -> mistakes.add(new Mistake(
                                property.getName().toString(),
                                "does not follow index 0, 1, 2, … without a gap",
                                name + "[0]=…")));
            }
            return null;
        }
        mistakes.add(new Mistake(
                name.toString(),
                "cannot be read as " + kind(target.getType()),
                name + "=" + example(target.getType())));
        return null;
    }

    private static String kind(ResolvableType type) {
        Class<?> element = element(type);
        if (element.isEnum()) {
            return "one of " + constants(element).collect(Collectors.joining(", "));
        }
        if (element == int.class || element == Integer.class) {
            return "a whole number";
        }
        if (element == Duration.class) {
            return "a duration";
        }
        if (element == DataSize.class) {
            return "a size";
        }
        return element == URI.class ? "a URL" : "text";
    }

    private static String example(ResolvableType type) {
        Class<?> element = element(type);
        if (element.isEnum()) {
            return constants(element).findFirst().orElse("");
        }
        if (element == int.class || element == Integer.class) {
            return "8";
        }
        if (element == Duration.class) {
            return "60s";
        }
        if (element == DataSize.class) {
            return "25MB";
        }
        return element == URI.class ? "https://forgeway.example.org" : "text";
    }

    private static Stream<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT));
    }

    private static Class<?> element(ResolvableType type) {
        ResolvableType collection = type.asCollection();
        return (collection.hasGenerics() ? collection.getGeneric(0) : type).resolve(Object.class);
    }
}
