package dyno.cli;

import java.io.PrintWriter;

/// Prints many lines without a system call for each. Used by one thread at a time.
final class BlockPrinter implements AutoCloseable {

    private static final int BLOCK_CHARS = 1 << 16;

    private final PrintWriter out;
    private final StringBuilder block = new StringBuilder();
    private boolean isWanted = true;

    BlockPrinter(PrintWriter out) {
        this.out = out;
    }

    void line(String text) {
        block.append(text).append('\n');
        if (block.length() >= BLOCK_CHARS) {
            print();
        }
    }

    /// Whether somebody still reads; `head` has enough at some time.
    boolean isWanted() {
        return isWanted;
    }

    @Override
    public void close() {
        print();
    }

    private void print() {
        out.print(block);
        block.setLength(0);
        isWanted = !out.checkError();
    }
}
