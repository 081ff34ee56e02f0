/// Reading, converting and writing MARC 21 records in ISO 2709, with marc4j as the peer.
@NullMarked
package dyno.engine.marc;

import org.jspecify.annotations.NullMarked;
