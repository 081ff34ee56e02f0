package dyno.fork;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/// The fork's end of the protocol: lines to whoever started it. Safe for any number of threads.
final class ProtocolOutput {

    private static final Path STDOUT = Path.of("/proc/self/fd/1");

    private final OutputStream out;

    ProtocolOutput(OutputStream out) {
        this.out = out;
    }

    /// Takes stdout away from everybody else: what libraries, native code, the dying JVM and child processes write
    /// there goes to stderr from now on.
    ///
    /// On Linux the descriptor itself changes hands. Elsewhere only `System.out` does, and native code that
    /// prints would break the protocol.
    static ProtocolOutput takeOver() throws IOException {
        OutputStream protocol;
        if (Files.exists(STDOUT)) {
            protocol = new FileOutputStream(STDOUT.toFile());
            stderrAsStdout();
        } else {
            protocol = new FileOutputStream(FileDescriptor.out);
        }
        System.setOut(System.err);
        return new ProtocolOutput(protocol);
    }

    synchronized void write(byte[] line) throws IOException {
        out.write(line);
        out.flush();
    }

    /// `dup2(2, 1)`
    @SuppressWarnings("restricted")
    private static void stderrAsStdout() throws IOException {
        var linker = Linker.nativeLinker();
        var dup2 = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("dup2"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        int descriptor;
        try {
            descriptor = (int) dup2.invokeExact(2, 1);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("dup2 threw a checked exception", e);
        }
        if (descriptor != 1) {
            throw new IOException("stdout could not be turned to stderr: dup2 gave " + descriptor);
        }
    }
}
