package dyno.engine.generator;

/// Writes any part of one stream to a destination. Used by one worker at a time; allocates nothing a call.
interface ContentWriter {

    /// Writes the bytes `position … position + length - 1` of the stream to `at`.
    ///
    /// @param length at most 1 MiB or so: nobody is asked in between whether they are still wanted
    void write(Destination destination, long at, int length, long position);

    static ContentWriter of(Content content) {
        return new SeparatelyCompiledWriter(
                switch (content.layout()) {
                    case INTERLEAVED -> new InterleavedWriter(content);
                    case DGEN -> new DgenWriter(content);
                });
    }
}
