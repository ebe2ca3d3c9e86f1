package dev.forgeway.admin;

import dev.forgeway.config.Settings;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/**
 * Puts the {@link ManagementGuard} before the management port. It is named in
 * META-INF/spring, because the port has a web server of its own, which knows no other filters.
 */
@ManagementContextConfiguration(value = ManagementContextType.ANY, proxyBeanMethods = false)
public class ManagementGuardConfiguration {

    @Bean
    FilterRegistrationBean<ManagementGuard> managementGuard(
            ManagementServerProperties server, WebEndpointProperties endpoints, Settings settings) {
        boolean isLocal = server.getAddress() != null && server.getAddress().isLoopbackAddress();
        var guard = new FilterRegistrationBean<>(
                new ManagementGuard(endpoints.getBasePath(), settings.admin().token(), isLocal));
        guard.addUrlPatterns(endpoints.getBasePath() + "/*");
        guard.setOrder(Integer.MIN_VALUE);
        return guard;
    }
}
