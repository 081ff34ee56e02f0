package dyno.security;

import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/// Keys are asked for where `dyno.auth` is `keys`; elsewhere none of this exists, and the service listens on the
/// loopback only.
///
/// There are no sessions, no cookies and no forms, hence nothing that another site could use in somebody's name.
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "dyno.auth", havingValue = "keys")
@EnableWebSecurity
@EnableConfigurationProperties(LimitProperties.class)
class KeysConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(KeysConfiguration.class);

    /// Within the filters that answer problems and limit bodies.
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 12;

    @Bean
    ApiKeys apiKeys(DataSource database, InstantSource clock) {
        return new ApiKeys(database, clock);
    }

    @Bean
    SecurityFilterChain keysAreAskedFor(
            HttpSecurity http, ApiKeys keys, LimitProperties limits, JdbcClient jdbc, InstantSource clock)
            throws Exception {
        var addresses = new RequestLimit("address", limits.addressPerSecond(), limits.addressBurst(), System::nanoTime);
        var holders = new RequestLimit("key", limits.keyPerSecond(), limits.keyBurst(), System::nanoTime);
        return http.csrf(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(new KeyFilter(keys, addresses, holders), AnonymousAuthenticationFilter.class)
                .addFilterAfter(new AuditFilter(new AuditLog(jdbc), clock), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                        .permitAll()
                        .anyRequest()
                        .access(KeysConfiguration::decide))
                .exceptionHandling(refusals -> refusals.authenticationEntryPoint((request, response, e) -> {
                            throw new ProblemException(
                                    ProblemCode.UNAUTHENTICATED, "Send a key in the header Authorization: Bearer KEY");
                        })
                        .accessDeniedHandler((request, response, e) -> {
                            var needed = Access.required(request.getMethod(), request.getRequestURI());
                            throw new ProblemException(
                                    ProblemCode.FORBIDDEN,
                                    "This takes a key of scope %s"
                                            .formatted(needed.map(Scope::word).orElse("read")));
                        }))
                .build();
    }

    private static AuthorizationDecision decide(
            Supplier<? extends @Nullable Authentication> asker, RequestAuthorizationContext context) {
        var request = context.getRequest();
        Optional<Scope> needed = Access.required(request.getMethod(), request.getRequestURI());
        boolean isAllowed = needed.isEmpty()
                || (asker.get() instanceof KeyHolder holder
                        && holder.key().scope().includes(needed.get()));
        return new AuthorizationDecision(isAllowed);
    }

    /// Methods that nobody knows are answered like those that an address does not take.
    @Bean
    StrictHttpFirewall anyMethod() {
        var firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        return firewall;
    }

    @Bean
    FilterRegistrationBean<Filter> keysBeforeControllers(@Qualifier("springSecurityFilterChain") Filter chain) {
        var registration = new FilterRegistrationBean<>(chain);
        registration.setOrder(ORDER);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        return registration;
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> sayThatThereIsNoKey(ApiKeys keys) {
        return event -> {
            if (keys.all().stream().noneMatch(key -> keys.state(key) == ApiKey.State.ACTIVE)) {
                LOG.warn("nobody has a key yet: make one with ./dyno keys create --name NAME --scope admin");
            }
        };
    }
}
