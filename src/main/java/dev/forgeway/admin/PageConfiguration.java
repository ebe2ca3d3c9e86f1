package dev.forgeway.admin;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The page for people: files in {@code static/} that ask the API, at addresses that can be told to others. */
@Configuration(proxyBeanMethods = false)
public class PageConfiguration implements WebMvcConfigurer {

    /** Nothing but our own files, and no script or style within a document (https://www.w3.org/TR/CSP3/). */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/deliveries/{id}").setViewName("forward:/index.html");
        registry.addViewController("/queues").setViewName("forward:/index.html");
        registry.addViewController("/sources").setViewName("forward:/index.html");
        registry.addViewController("/dead-letters").setViewName("forward:/index.html");
    }

    /** Says to whoever stands between that an answer of the API may be for one reader alone, and to browsers that it is JSON. */
    @Bean
    FilterRegistrationBean<?> apiHeaders() {
        var headers = new FilterRegistrationBean<>((request, response, chain) -> {
            if (response instanceof HttpServletResponse answer) {
                answer.setHeader("X-Content-Type-Options", "nosniff");
                answer.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            }
            chain.doFilter(request, response);
        });
        headers.setName("apiHeaders");
        headers.addUrlPatterns("/api/*");
        return headers;
    }

    /** Says to browsers what the page may do; webhooks and the API have nothing to do with it. */
    @Bean
    FilterRegistrationBean<?> pageHeaders() {
        var headers = new FilterRegistrationBean<>((request, response, chain) -> {
            if (response instanceof HttpServletResponse answer) {
                answer.setHeader("Content-Security-Policy", POLICY);
                answer.setHeader("X-Content-Type-Options", "nosniff");
                answer.setHeader("Referrer-Policy", "no-referrer");
                answer.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
            }
            chain.doFilter(request, response);
        });
        headers.setName("pageHeaders");
        headers.addUrlPatterns(
                "", "/index.html", "/deliveries/*", "/queues", "/sources", "/dead-letters", "/page/*", "/error");
        headers.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR));
        return headers;
    }
}
