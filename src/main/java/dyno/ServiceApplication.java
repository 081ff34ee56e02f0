package dyno;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;

/// The service: everything that Spring wires.
///
/// Spring reads every class that it scans. Packages that must not know Spring, which docs/architecture.md lists,
/// are most of the classes and are left out.
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan(
        resourcePattern = ServiceApplication.OWN_CLASSES,
        excludeFilters = @Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
@ComponentScan(
        resourcePattern = ServiceApplication.FEATURES,
        excludeFilters = {
            @Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class),
            // The actuator's own context takes these.
            @Filter(type = FilterType.ANNOTATION, classes = ManagementContextConfiguration.class)
        })
class ServiceApplication {

    static final String OWN_CLASSES = "*.class";

    static final String FEATURES =
            "{feature:(?!engine$|fork$|cli$|measurement$|environment$|embedded$)[a-z]+}/**/*.class";
}
