package dev.forgeway.config;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.beans.PropertyEditorSupport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.PropertyEditorRegistry;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.StringUtils;

/** Makes the {@link Settings} of an environment and finds all mistakes on the way. */
public final class SettingsBinder {

    private SettingsBinder() {}

    /**
     * Binds and validates.
     *
     * @throws InvalidSettingsException with every mistake
     */
    static Settings bind(ConfigurableEnvironment environment) {
        Iterable<ConfigurationPropertySource> sources =
                ConfigurationPropertySources.from(environment.getPropertySources());
        var mistakes = new ArrayList<Mistake>();
        Settings settings = binder(environment, sources)
                .bindOrCreate("forgeway", Bindable.of(Settings.class), new MistakeCollector(mistakes));
        mistakes.addAll(new UnknownKeys().in(sources));
        mistakes.addAll(violations(settings));
        mistakes.addAll(SettingsRules.brokenBy(settings));
        if (!mistakes.isEmpty()) {
            throw new InvalidSettingsException(onePerKey(mistakes));
        }
        return settings;
    }

    /** The settings of the sources alone, as far as they are there: for what does not run the application. */
    public static IngestSettings ingest(ConfigurableEnvironment environment) {
        return binder(environment, ConfigurationPropertySources.from(environment.getPropertySources()))
                .bindOrCreate("forgeway.ingest", Bindable.of(IngestSettings.class));
    }

    private static Binder binder(ConfigurableEnvironment environment, Iterable<ConfigurationPropertySource> sources) {
        var placeholders = new PropertySourcesPlaceholdersResolver(environment.getPropertySources());
        return new Binder(sources, placeholders, null, SettingsBinder::registerEditors, null);
    }

    /** A value that cannot be read makes its key seem to be missing; the first mistake of a key says it best. */
    private static List<Mistake> onePerKey(List<Mistake> mistakes) {
        Map<String, Mistake> byKey = new LinkedHashMap<>();
        for (Mistake mistake : mistakes) {
            if (byKey.keySet().stream().noneMatch(key -> key.startsWith(mistake.key() + "["))) {
                byKey.putIfAbsent(mistake.key(), mistake);
            }
        }
        return List.copyOf(byKey.values());
    }

    private static List<Mistake> violations(Settings settings) {
        try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
            return factory.getValidator().validate(settings).stream()
                    .map(SettingsBinder::mistake)
                    .sorted(Comparator.comparing(Mistake::key))
                    .toList();
        }
    }

    private static Mistake mistake(ConstraintViolation<Settings> violation) {
        String path = violation
                .getPropertyPath()
                .toString()
                .replaceAll("\\.?<[^>]*>", "")
                .replace("[]", "");
        String key = "forgeway." + SettingKey.dashed(path);
        return new Mistake(key, violation.getMessage(), key + "=(see docs/configuration.md)");
    }

    /** Spring's own editor would look for a path in the class path first. */
    private static void registerEditors(PropertyEditorRegistry registry) {
        registry.registerCustomEditor(Path.class, new PropertyEditorSupport() {
            @Override
            public void setAsText(String text) {
                setValue(StringUtils.hasText(text) ? Path.of(text) : null);
            }
        });
    }
}
