package dyno.engine.marc;

import dyno.engine.marc.MarcWorkload.JsonContainer;
import dyno.engine.marc.MarcWorkload.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Lets a parser that is not ours count the records of an output, while it comes by.
///
/// Written to by one thread; the parser has a thread of its own.
final class ParseCheck implements OutputSink, AutoCloseable {

    private static final int PIPE_BYTES = 1 << 20;

    private final PipedOutputStream pipe;
    private final FutureTask<String> parsing;

    /// @param operation    that makes the output: MARCXML and DUBLIN_CORE are XML, the others JSON
    /// @param container    of JSON
    ParseCheck(Operation operation, JsonContainer container) throws IOException {
        var in = new PipedInputStream(PIPE_BYTES);
        this.pipe = new PipedOutputStream(in);
        boolean isXml = operation == Operation.MARCXML || operation == Operation.DUBLIN_CORE;
        Callable<Long> count = () -> isXml ? countXml(in) : countJson(in, container == JsonContainer.ARRAY);
        this.parsing = new FutureTask<>(() -> outcome(count, in));
        Thread.ofVirtual().name("parse-check").start(parsing);
    }

    @Override
    public void accept(byte[] bytes, int count) throws IOException {
        pipe.write(bytes, 0, count);
        pipe.flush();
    }

    /// What is wrong with the output, once all of it came by; null where the parser found so many records.
    @Nullable
    String difference(long records) throws IOException, InterruptedException {
        pipe.close();
        try {
            String outcome = parsing.get();
            return outcome.equals(String.valueOf(records))
                    ? null
                    : "the parser found %s, not %d records".formatted(outcome, records);
        } catch (ExecutionException e) {
            throw new IOException("The parser broke off", e.getCause());
        }
    }

    @Override
    public void close() throws IOException {
        pipe.close();
    }

    private static String outcome(Callable<Long> count, InputStream in) throws Exception {
        try {
            return String.valueOf(count.call());
        } catch (JacksonException | XMLStreamException e) {
            // The writer must not wait for a reader that gave up.
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return "an error: " + e.getMessage();
        }
    }

    private static long countJson(InputStream in, boolean isArray) {
        int recordDepth = isArray ? 1 : 0;
        long count = 0;
        int depth = 0;
        try (var parser = JsonFactory.builder().build().createParser(ObjectReadContext.empty(), in)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                    count += depth == recordDepth ? 1 : 0;
                    depth++;
                } else if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                    depth--;
                }
            }
        }
        return count;
    }

    private static long countXml(InputStream in) throws XMLStreamException {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        // The JDK counts each &amp; as an entity, and allows so many in a document that is not trusted.
        factory.setProperty("jdk.xml.totalEntitySizeLimit", "0");
        factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
        var reader = factory.createXMLStreamReader(in);
        long count = 0;
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT
                    && reader.getLocalName().equals("record")) {
                count++;
            }
        }
        reader.close();
        return count;
    }
}
