package dyno.web;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What stands before the controllers, with controllers that do what ours could do wrong. No database.
///
/// A test component, with all that it encloses, so that the service's own scan passes over it.
@TestComponent
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
        })
@Import({
    WebConfiguration.class,
    ApiDescription.class,
    ProblemTranslator.class,
    ProblemAdvice.class,
    ProblemErrorController.class,
    ProblemController.class,
    JsonFormat.class,
    WebSlice.Routes.class
})
class WebSlice {

    /// Throws on the one path that no controller has a say in.
    @Bean
    FilterRegistrationBean<Filter> brokenFilter() {
        return new FilterRegistrationBean<>((request, response, chain) -> {
            if (((HttpServletRequest) request).getRequestURI().equals("/routes/broken-filter")) {
                throw new IllegalStateException("the filter's secret");
            }
            chain.doFilter(request, response);
        });
    }

    enum Colour {
        RED
    }

    record Body(
            String name, @Nullable String ci95, @Nullable String ci95Reason, Instant at, Colour colour) {}

    @RestController
    @RequestMapping(path = "/routes", produces = MediaType.APPLICATION_JSON_VALUE)
    static class Routes {

        @GetMapping("/body")
        Body body() {
            return new Body("b", null, null, Instant.parse("2026-01-01T12:00:00.1Z"), Colour.RED);
        }

        @GetMapping("/ids/{id}")
        UUID id(@PathVariable UUID id) {
            return id;
        }

        @PostMapping(path = "/tree", consumes = MediaType.APPLICATION_JSON_VALUE)
        Map<String, @Nullable Object> tree(@RequestBody byte[] body) {
            var answer = new java.util.LinkedHashMap<String, @Nullable Object>();
            answer.put("tree", StrictJson.parse(body));
            return answer;
        }

        @PostMapping(path = "/record", consumes = MediaType.APPLICATION_JSON_VALUE)
        Body record(@RequestBody Body body) {
            return body;
        }

        @PostMapping(path = "/length")
        Map<String, Long> length(HttpServletRequest request) throws IOException {
            try (var input = BodyLimit.lift(request, Long.MAX_VALUE)) {
                return Map.of("bytes", input.transferTo(java.io.OutputStream.nullOutputStream()));
            }
        }

        @GetMapping("/violations")
        void violations() {
            throw new ProblemException(
                    ProblemCode.QUEUE_FULL,
                    "1000 jobs wait",
                    List.of(new Violation("/a~1b", "first \"quoted\""), new Violation("?limit", "second")),
                    java.time.Duration.ofMillis(1_500));
        }

        @GetMapping("/defect")
        void defect() {
            throw new IllegalStateException("the controller's secret");
        }

        @GetMapping("/error")
        void error() {
            throw new AssertionError("the controller's secret");
        }

        @GetMapping("/checked")
        void checked() throws IOException {
            throw new java.io.FileNotFoundException("the controller's secret");
        }

        @GetMapping("/unwritable")
        Object unwritable() {
            return new Object() {
                @SuppressWarnings("unused")
                public String getSecret() {
                    throw new IllegalStateException("the controller's secret");
                }
            };
        }

        @GetMapping("/database")
        void database() {
            throw new CannotGetJdbcConnectionException("the database's secret", new SQLException("away"));
        }

        @GetMapping("/send-error")
        void sendError(jakarta.servlet.http.HttpServletResponse response) throws IOException {
            response.sendError(409, "the controller's secret");
        }

        @GetMapping("/half")
        void half(jakarta.servlet.http.HttpServletResponse response) throws IOException {
            response.setContentLength(100);
            response.getOutputStream().print("half");
            response.flushBuffer();
            throw new IllegalStateException("the controller's secret");
        }

        @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        ResponseEntity<Void> events() {
            throw new ProblemException(ProblemCode.NOT_FOUND, "There is no job \"x\"");
        }
    }
}
