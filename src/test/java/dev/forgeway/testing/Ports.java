package dev.forgeway.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that listen later, or stop and listen again. None is of those that connections to others get by themselves
 * (https://docs.kernel.org/networking/ip-sysctl.html, ip_local_port_range: from 32768 on), so that no such connection takes it
 * meanwhile.
 */
public final class Ports {

    private static final int LOWEST = 10_000;
    private static final int HIGHEST = 32_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /** A port on which nobody listens, other than those that were given before. */
    public static int unused() {
        int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
        return isUnused(port) && GIVEN.add(port) ? port : unused();
    }

    private static boolean isUnused(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
