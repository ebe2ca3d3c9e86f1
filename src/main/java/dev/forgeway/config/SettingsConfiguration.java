package dev.forgeway.config;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Provides the {@link Settings} bean. It is made before any other bean, so that mistakes are told before a broker or a
 * database is started; and it is a plain singleton without a definition, so that no endpoint lists its values.
 */
@Configuration(proxyBeanMethods = false)
public class SettingsConfiguration {

    @Bean
    static BeanFactoryPostProcessor settingsFirst(ConfigurableEnvironment environment) {
        return beans -> beans.registerSingleton("settings", SettingsBinder.bind(environment));
    }
}
