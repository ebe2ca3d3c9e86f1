package dev.forgeway.camel;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.DeferredResultMethodReturnValueHandler;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/**
 * Ends a request at once whose route has written its answer already. {@code platform-http} returns a future for every
 * request, for which Spring MVC would pass the request through the web server a second time
 * (https://docs.spring.io/spring-framework/reference/web/webmvc/mvc-ann-async.html), although the route ran to its end
 * on the same thread.
 */
@Component
class FinishedAnswers implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof RequestMappingHandlerAdapter adapter) {
            List<HandlerMethodReturnValueHandler> handlers = new ArrayList<>(List.of(new Finished()));
            handlers.addAll(Objects.requireNonNull(adapter.getReturnValueHandlers()));
            adapter.setReturnValueHandlers(handlers);
        }
        return bean;
    }

    private static final class Finished implements HandlerMethodReturnValueHandler {

        private final HandlerMethodReturnValueHandler unfinished = new DeferredResultMethodReturnValueHandler();

        @Override
        public boolean supportsReturnType(MethodParameter type) {
            return CompletableFuture.class.isAssignableFrom(type.getParameterType());
        }

        @Override
        public void handleReturnValue(
                @Nullable Object value, MethodParameter type, ModelAndViewContainer container, NativeWebRequest request)
                throws Exception {
            if (!(value instanceof CompletableFuture<?> future) || !future.isDone()) {
                unfinished.handleReturnValue(value, type, container, request);
                return;
            }
            container.setRequestHandled(true);
            try {
                future.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }
    }
}
