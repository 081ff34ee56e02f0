package dyno.engine.grouping;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Makes the files that output and spilled rows go to; tests make some that fail.
@FunctionalInterface
interface FileMaker {

    /// Real files.
    FileMaker DISK = path -> FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    /// @throws java.nio.file.FileAlreadyExistsException where there is one of that name
    WritableByteChannel create(Path path) throws IOException;
}
