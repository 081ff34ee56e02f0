package dyno.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/// What stands between the socket and the controllers.
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    /// Unread bytes that Tomcat takes off a client that is still sending when its answer is ready. Beyond them the
    /// connection is reset, and most clients report that instead of the answer.
    private static final int SWALLOWED_BYTES = 64 << 20;

    @Bean
    FilterRegistrationBean<RequestIdFilter> requestIds() {
        return registration(new RequestIdFilter(), Ordered.HIGHEST_PRECEDENCE);
    }

    /// Within the filter that measures requests, so that statuses are counted as clients see them.
    @Bean
    FilterRegistrationBean<ProblemFilter> filterProblems(ProblemTranslator translator) {
        return registration(new ProblemFilter(translator), Ordered.HIGHEST_PRECEDENCE + 10);
    }

    @Bean
    FilterRegistrationBean<BodyLimit> bodyLimit() {
        return registration(new BodyLimit(), Ordered.HIGHEST_PRECEDENCE + 11);
    }

    private static <F extends Filter> FilterRegistrationBean<F> registration(F filter, int order) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        registration.setAsyncSupported(true);
        return registration;
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcat() {
        return factory -> {
            factory.addContextCustomizers(context ->
                    ((StandardHost) context.getParent()).setErrorReportValveClass(ProblemReportValve.class.getName()));
            factory.addConnectorCustomizers(connector -> {
                if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                    http.setMaxSwallowSize(SWALLOWED_BYTES);
                    // Who asks before sending a large file is told first what is wrong with its name.
                    http.setContinueResponseTiming("onRead");
                }
            });
        };
    }
}
