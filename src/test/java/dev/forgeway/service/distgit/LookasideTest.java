package dev.forgeway.service.distgit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.service.http.StubService;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookasideTest {

    private final StubService stub = new StubService();

    @AfterEach
    void stop() {
        stub.close();
    }

    private Lookaside lookaside(Duration asking) {
        return new Lookaside(new DistGitAccess(stub.url(), "", stub.url().resolve("/upload")), asking);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void takesARefusalOfOurTicketForOurs(int status) {
        stub.on("POST /upload", status, Map.of(), "who are you?");

        assertThatThrownBy(() -> lookaside(Duration.ofSeconds(30)).has("hello", "hello.tar.gz", "12ab"))
                .isInstanceOf(TransientException.class)
                .hasMessageContaining("check the Kerberos ticket");
    }

    @Test
    void saysWhatIsRefused() {
        stub.on("POST /upload", 400, Map.of(), "no");

        assertThatThrownBy(() -> lookaside(Duration.ofSeconds(30)).has("hello", "hello.tar.gz", "12ab"))
                .isInstanceOf(UserErrorException.class)
                .hasMessage("The lookaside cache refused to ask for hello.tar.gz with 400");
    }

    @Test
    @Timeout(30)
    void givesUpWhenTheAnswerDoesNotEnd() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        stub.on("POST /upload", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('A');
            exchange.getResponseBody().flush();
            asked.countDown();
            hold(over);
        });

        assertThatThrownBy(() -> lookaside(Duration.ofSeconds(2)).has("hello", "hello.tar.gz", "12ab"))
                .isInstanceOf(TransientException.class)
                .hasRootCauseMessage("the answer did not end in time");

        asked.await();
        over.countDown();
        assertThat(stub.asked("POST /upload")).hasSize(1);
    }

    private static void hold(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
