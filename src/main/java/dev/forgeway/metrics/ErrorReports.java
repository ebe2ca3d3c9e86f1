package dev.forgeway.metrics;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.sentry.SentryOptions;
import io.sentry.logback.SentryAppender;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Reports what is logged as an error to a Sentry, or whatever speaks its protocol
 * (https://develop.sentry.dev/sdk/data-model/envelopes/), tagged with handler, project, delivery and job. Off until {@code
 * sentry.dsn} is set. A report holds the log line and its stack, and neither requests nor other lines.
 */
@Component
@ConditionalOnProperty("sentry.dsn")
class ErrorReports implements InitializingBean, DisposableBean {

    private final SentryAppender appender = new SentryAppender();
    private final Logger root;

    ErrorReports(
            @Value("${sentry.dsn}") String dsn, @Value("${sentry.environment:#{null}}") @Nullable String environment) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        this.root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        SentryOptions options = new SentryOptions();
        options.setDsn(dsn);
        options.setEnvironment(environment);
        options.setSendDefaultPii(false);
        options.setAttachServerName(false);
        options.setEnableUncaughtExceptionHandler(false);
        LogContext.KEYS.forEach(options::addContextTag);
        appender.setName("errors");
        appender.setContext(context);
        appender.setOptions(options);
        appender.setMinimumEventLevel(Level.ERROR);
        appender.setMinimumBreadcrumbLevel(Level.OFF);
    }

    @Override
    public void afterPropertiesSet() {
        appender.start();
        root.addAppender(appender);
    }

    /** Waits for the reports that are on their way, a few seconds at most. */
    @Override
    public void destroy() {
        root.detachAppender(appender);
        appender.stop();
    }
}
