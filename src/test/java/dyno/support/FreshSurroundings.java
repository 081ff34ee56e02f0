package dyno.support;

import java.util.List;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/// Points a context at a database and a data folder of its own. Contexts are kept by their customizers'
/// equality: one for each outermost test class.
record FreshSurroundings(Class<?> testClass) implements ContextCustomizer {

    static final class Factory implements ContextCustomizerFactory {

        @Override
        public ContextCustomizer createContextCustomizer(
                Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
            var outermost = testClass;
            while (outermost.getEnclosingClass() != null) {
                outermost = outermost.getEnclosingClass();
            }
            return new FreshSurroundings(outermost);
        }
    }

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        var database = TestDatabase.address();
        Map<String, Object> properties = Map.of(
                "spring.datasource.url", database.jdbcUrl(),
                "spring.datasource.username", database.user(),
                "spring.datasource.password", database.password(),
                // Many contexts stay open beside each other, and the server has 100 connections.
                "spring.datasource.hikari.minimum-idle", 0,
                // Tests call its tasks themselves; one that runs at two o'clock must not find the nightly in its queue.
                "dyno.timetable.enabled", false,
                // It would hold a connection for as long as the context is kept.
                "dyno.webhooks.enabled", false,
                "dyno.data", TestFolders.fresh(testClass.getSimpleName()).toString());
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("freshSurroundings", properties));
    }
}
