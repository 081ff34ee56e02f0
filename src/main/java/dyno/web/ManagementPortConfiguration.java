package dyno.web;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/// What stands between the socket and the actuator where that has a port of its own: Boot gives it another web
/// server, which knows nothing of the first one's filters and valves.
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class ManagementPortConfiguration {

    @Bean
    FilterRegistrationBean<RequestIdFilter> managementRequestIds() {
        return WebConfiguration.registration(new RequestIdFilter(), Ordered.HIGHEST_PRECEDENCE);
    }

    @Bean
    FilterRegistrationBean<ErrorPageFilter> managementErrors() {
        return WebConfiguration.registration(new ErrorPageFilter(), Ordered.HIGHEST_PRECEDENCE + 10);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> managementTomcat() {
        return WebConfiguration::customize;
    }
}
