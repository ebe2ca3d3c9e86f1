package dev.forgeway.camel;

import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpEngine;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Runs {@code platform-http:} routes on the web server's own threads. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

    /** By default Camel hands every request to a pool of 8 threads behind an endless queue, which hides overload. */
    @Bean("platform-http-engine")
    PlatformHttpEngine httpEngine(@Value("${server.port:8080}") int port) {
        return new SpringBootPlatformHttpEngine(port, Runnable::run);
    }
}
