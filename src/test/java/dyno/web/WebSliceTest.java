package dyno.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/// Runs [WebSlice] on a port of its own.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = WebSlice.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "logging.file.name=",
            "management.endpoint.health.group.readiness.include=readinessState",
            // Long enough for a client that sends all at once.
            "server.tomcat.connection-timeout=2s"
        })
@interface WebSliceTest {}
