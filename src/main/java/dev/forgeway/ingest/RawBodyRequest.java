package dev.forgeway.ingest;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;

/**
 * A request whose body has been read. It claims to be octets, so that nobody on the way takes a form apart: the
 * signature covers its raw bytes. The true content type is still among the headers.
 */
public final class RawBodyRequest extends HttpServletRequestWrapper {

    private final byte[] body;

    RawBodyRequest(HttpServletRequest request, byte[] body) {
        super(request);
        this.body = body;
    }

    /** The raw bytes. */
    public byte[] body() {
        return body;
    }

    @Override
    public String getContentType() {
        return "application/octet-stream";
    }

    @Override
    public ServletInputStream getInputStream() {
        ByteArrayInputStream bytes = new ByteArrayInputStream(body);
        return new ServletInputStream() {
            @Override
            public int read() {
                return bytes.read();
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                return bytes.read(target, offset, length);
            }

            @Override
            public boolean isFinished() {
                return bytes.available() == 0;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new UnsupportedOperationException("the body is already here");
            }
        };
    }
}
