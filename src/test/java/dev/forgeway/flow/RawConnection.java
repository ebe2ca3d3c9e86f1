package dev.forgeway.flow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A connection to the application port, for requests that no client library makes. */
final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final int CHUNK = 64 * 1024;

    private final Socket socket;

    RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** Sends the first lines of a request, and the empty one behind them. */
    RawConnection head(String... lines) throws IOException {
        return send(String.join("\r\n", lines) + "\r\nHost: localhost\r\n\r\n");
    }

    RawConnection send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Says nothing more, but still listens. */
    RawConnection fallSilent() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Sends chunks until there is an answer or nobody takes them any more; returns how many bytes were sent. */
    long sendChunksWhileTheyAreTaken(long atMost) {
        byte[] chunk =
                (Integer.toHexString(CHUNK) + "\r\n" + "x".repeat(CHUNK) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        long sent = 0;
        try {
            OutputStream out = socket.getOutputStream();
            while (sent < atMost && socket.getInputStream().available() == 0) {
                out.write(chunk);
                sent += CHUNK;
            }
        } catch (IOException e) {
            return sent;
        }
        return sent;
    }

    /** What is answered, up to the end of the connection; fails when it does not end in time. */
    String answer() throws IOException {
        return answerUpTo("\u0000");
    }

    /** What is answered, up to some text or to the end of the connection; fails when neither comes in time. */
    String answerUpTo(String text) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        InputStream in = socket.getInputStream();
        int count = readOrEnd(in, buffer);
        while (count >= 0) {
            answer.write(buffer, 0, count);
            count = answer.toString(StandardCharsets.UTF_8).contains(text) ? -1 : readOrEnd(in, buffer);
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    /** A server that closes while we still send resets the connection; that is an end too. */
    private static int readOrEnd(InputStream in, byte[] buffer) throws IOException {
        try {
            return in.read(buffer);
        } catch (SocketException e) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
