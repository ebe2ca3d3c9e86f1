package dev.forgeway.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** The body of a delivery as it is kept: deflated, fast rather than small. */
final class Body {

    private Body() {}

    static byte[] deflate(byte[] body) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        ByteArrayOutputStream kept = new ByteArrayOutputStream(body.length / 3 + 64);
        try (DeflaterOutputStream out = new DeflaterOutputStream(kept, deflater, 8192)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return kept.toByteArray();
    }

    static byte[] inflate(byte[] kept) {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(kept))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
