/// Engine `generator`: incompressible, deterministic bytes at memory speed.
@NullMarked
package dyno.engine.generator;

import org.jspecify.annotations.NullMarked;
