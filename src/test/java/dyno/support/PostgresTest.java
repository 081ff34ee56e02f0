package dyno.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.ContextCustomizerFactories;

/// Gives a Spring test class a fresh, migrated database and an empty data folder of its own.
///
/// Its nested classes share them. The server is one for the whole test JVM, see [TestDatabase].
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ContextCustomizerFactories(FreshSurroundings.Factory.class)
public @interface PostgresTest {}
