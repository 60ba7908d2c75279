package dev.regista.solr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.solr.client.solrj.SolrRequest;
import org.apache.solr.client.solrj.request.JavaBinRequestWriter;
import org.jspecify.annotations.Nullable;

/**
 * Makes the body of a request before any of it is sent. SolrJ makes it while it is sent, into a pipe, and interrupts that
 * once when the request has failed: the codec then flushes the rest into the pipe, which nobody reads any more, and its
 * thread waits for ever.
 */
final class WholeBodies extends JavaBinRequestWriter {
    @Override
    public @Nullable ContentWriter getContentWriter(SolrRequest<?> request) {
        ContentWriter writer = super.getContentWriter(request);
        return writer == null ? null : new WholeBody(writer);
    }

    private record WholeBody(ContentWriter writer) implements ContentWriter {
        @Override
        public void write(OutputStream out) throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            writer.write(body);
            body.writeTo(out);
        }

        @Override
        public String getContentType() {
            return writer.getContentType();
        }
    }
}
