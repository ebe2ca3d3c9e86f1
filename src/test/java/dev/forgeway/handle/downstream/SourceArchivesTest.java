package dev.forgeway.handle.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.error.UserErrorException;
import dev.forgeway.service.http.StubService;
import dev.forgeway.testing.Examples;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceArchivesTest {

    private final StubService stub = new StubService();
    private final SourceArchives archives = new SourceArchives(
            Examples.settings("service.dist-git.url", stub.url().toString()));

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        stub.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "192.0.0.8",
                "192.168.1.1",
                "198.19.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "fd00:ec2::254",
                "fc00::1",
                "ff02::1",
                "::ffff:10.0.0.1"
            })
    void knowsWhichAddressesAreNotPublic(String address) throws UnknownHostException {
        assertThat(SourceArchives.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.1.1.1", "100.63.0.1", "100.128.0.1", "192.0.1.1", "198.17.0.1", "198.20.0.1", "2600:2701::1"})
    void knowsWhichAddressesArePublic(String address) throws UnknownHostException {
        assertThat(SourceArchives.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void fetchesFromDistGitItselfAndFromNoOtherPortOfItsHost() throws Exception {
        stub.on("GET /hello.tar.gz", 200, Map.of(), "hello");
        Path file = folder.resolve("archive");

        archives.fetch(stub.url() + "/hello.tar.gz", file);

        assertThat(Files.readString(file)).isEqualTo("hello");
        try (StubService other = new StubService()) {
            assertThatThrownBy(() -> archives.fetch(other.url() + "/hello.tar.gz", file))
                    .isInstanceOf(UserErrorException.class)
                    .hasMessageContaining("is not on a public host");
            stub.on("GET /moved", 302, Map.of("Location", other.url() + "/hello.tar.gz"), "");
            assertThatThrownBy(() -> archives.fetch(stub.url() + "/moved", file))
                    .isInstanceOf(UserErrorException.class)
                    .hasMessageContaining("is not on a public host");
            assertThat(other.asked()).isEmpty();
        }
    }

    @Test
    @Timeout(30)
    void givesUpOnAHostThatGoesSilent() {
        CountDownLatch over = new CountDownLatch(1);
        stub.on("GET /hello.tar.gz", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('h');
            exchange.getResponseBody().flush();
            hold(over);
        });
        String address = stub.url() + "/hello.tar.gz";

        assertThatThrownBy(() -> archives.fetch(address, folder.resolve("archive"), Duration.ofMillis(500)))
                .isInstanceOf(UserErrorException.class)
                .hasMessage("The source " + address + " comes too slowly");
        over.countDown();
    }

    private static void hold(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
