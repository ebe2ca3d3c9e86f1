package dev.forgeway.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What lies between a client and a broker, and can be pulled out: the port is closed then, and so is all that was open. */
public final class Cable implements AutoCloseable {

    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();

    private final int target;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ServerSocket listening;

    public Cable(int target) {
        this.target = target;
        this.port = Ports.unused();
        plugIn();
    }

    public int port() {
        return port;
    }

    /** Does nothing when it is plugged in. */
    public void plugIn() {
        ServerSocket before = listening;
        if (before != null && !before.isClosed()) {
            return;
        }
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(LOCAL, port));
            listening = socket;
            daemon(() -> accept(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void pullOut() {
        close(listening);
        open.forEach(Cable::close);
        open.clear();
    }

    @Override
    public void close() {
        pullOut();
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                open.add(client);
                connect(client);
            } catch (IOException e) {
                continue;
            }
        }
    }

    private void connect(Socket client) {
        try {
            Socket broker = new Socket(LOCAL, target);
            open.add(broker);
            daemon(() -> copy(client, broker));
            daemon(() -> copy(broker, client));
        } catch (IOException e) {
            close(client); // the broker is away, and the client has to see it
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // the cable was pulled out, or one end hung up
        } finally {
            close(from);
            close(to);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "cable");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(@Nullable AutoCloseable end) {
        if (end != null) {
            try {
                end.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
