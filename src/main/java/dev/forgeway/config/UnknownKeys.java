package dev.forgeway.config;

import dev.forgeway.error.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds keys below {@code forgeway} that no setting has, so that a slip of the pen is not taken for a default.
 *
 * <p>An environment variable is only a mistake when it looks like a known one: other software may use the prefix too,
 * and Kubernetes adds variables for each service whose name starts with it
 * (https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables).
 */
final class UnknownKeys {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("forgeway");
    private static final Pattern KUBERNETES =
            Pattern.compile("FORGEWAY(_\\w+)?_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_\\w+)?)?)");

    private final List<SettingKey> known = SettingKey.all();

    /** The mistakes in these sources. */
    List<Mistake> in(Iterable<ConfigurationPropertySource> sources) {
        var mistakes = new ArrayList<Mistake>();
        for (ConfigurationPropertySource source : sources) {
            Object underlying = source.getUnderlyingSource();
            if (underlying instanceof SystemEnvironmentPropertySource environment) {
                collectVariables(environment, mistakes);
            } else if (source instanceof IterableConfigurationPropertySource iterable
                    && underlying instanceof PropertySource<?>) {
                iterable.stream()
                        .filter(PREFIX::isAncestorOf)
                        .filter(name -> known.stream().noneMatch(key -> covers(key, name)))
                        .forEach(name -> mistakes.add(mistake(name.toString(), nearest(name))));
            }
        }
        return mistakes.stream().distinct().toList();
    }

    private static boolean covers(SettingKey key, ConfigurationPropertyName name) {
        ConfigurationPropertyName keyName = ConfigurationPropertyName.of(key.name());
        return switch (key.kind()) {
            case SINGLE -> keyName.equals(name);
            case LIST -> keyName.equals(name) || (keyName.isParentOf(name) && name.isLastElementIndexed());
            case MAP -> keyName.isAncestorOf(name) && hasField(key, keyName, name);
        };
    }

    /** What an entry of a map of records has is known, too; only a list among it has elements of its own. */
    private static boolean hasField(SettingKey key, ConfigurationPropertyName map, ConfigurationPropertyName name) {
        int field = map.getNumberOfElements() + 1;
        return key.fields().isEmpty()
                || (name.getNumberOfElements() > field
                        && key.fields().contains(name.getElement(field, ConfigurationPropertyName.Form.DASHED)));
    }

    private Optional<String> nearest(ConfigurationPropertyName name) {
        String withoutIndex = name.toString().replaceAll("\\[\\d+]$", "");
        return Suggestion.nearest(
                withoutIndex, known.stream().map(SettingKey::name).toList());
    }

    private void collectVariables(SystemEnvironmentPropertySource environment, List<Mistake> mistakes) {
        List<String> variables = known.stream().map(UnknownKeys::variable).toList();
        for (String variable : environment.getPropertyNames()) {
            String upper = variable.toUpperCase(Locale.ROOT);
            if (!upper.startsWith("FORGEWAY_") || KUBERNETES.matcher(upper).matches() || isKnown(upper)) {
                continue;
            }
            Suggestion.nearest(upper.replaceAll("(_\\d+_?)$", ""), variables)
                    .map(near -> known.get(variables.indexOf(near)))
                    .ifPresent(near -> mistakes.add(new Mistake(
                            near.name(), "is misspelt in the environment as " + variable, variable(near) + "=…")));
        }
    }

    /** Dashes may be left out of a variable or be written as underscores, so only letters and digits are compared. */
    private boolean isKnown(String upper) {
        String squeezed = squeeze(upper);
        return known.stream().anyMatch(key -> {
            String own = squeeze(variable(key));
            return switch (key.kind()) {
                case SINGLE -> squeezed.equals(own);
                case LIST -> squeezed.matches(own + "\\d*");
                case MAP -> squeezed.startsWith(own);
            };
        });
    }

    private static String squeeze(String variable) {
        return variable.replace("_", "");
    }

    private static String variable(SettingKey key) {
        return new Mistake(key.name(), "", "").environmentVariable();
    }

    private static Mistake mistake(String key, Optional<String> near) {
        String meant = near.map(name -> "did you mean " + name + "?").orElse("no such key exists");
        return new Mistake(key, "is not known; " + meant, near.orElse("(remove it)"));
    }
}
