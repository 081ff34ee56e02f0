/// The forked measurer: its main, the protocol over stdin and stdout, and what starts it.
@NullMarked
package dyno.fork;

import org.jspecify.annotations.NullMarked;
