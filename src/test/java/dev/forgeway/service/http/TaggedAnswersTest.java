package dev.forgeway.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.error.TransientException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

class TaggedAnswersTest {

    private static final String THING = "GET /thing";

    private final StubService stub = new StubService();
    private final ServiceHttp http =
            new ServiceHttp(HttpTimeouts.DEFAULT, new SimpleMeterRegistry(), Clock.systemUTC());
    private final TaggedAnswers tagged = new TaggedAnswers();

    @AfterEach
    void stop() {
        stub.close();
    }

    private ServiceAnswer get(String account) {
        return tagged.get(
                new ServiceCall(
                        "forge",
                        "thing-find",
                        HttpMethod.GET,
                        stub.url().resolve("/thing"),
                        "application/json",
                        null,
                        new TokenCredential("Bearer", "secret of " + account, "token of " + account)),
                http::call);
    }

    private int seen(String account) {
        return get(account).body().path("seen").asInt();
    }

    private void answers(String tag, int seen) {
        stub.on(
                THING,
                200,
                Map.of("Content-Type", "application/json", "ETag", tag, "Link", "<next>"),
                "{\"seen\":" + seen + "}");
    }

    private void isAsItWas() {
        stub.on(THING, 304, Map.of(), "");
    }

    private String conditionOf(int call) {
        return stub.asked().get(call).header("If-none-match");
    }

    @Test
    void takesTheAnswerThatTheServiceSaysIsStillRight() {
        answers("W/\"a\"", 1);
        isAsItWas();

        assertThat(seen("ada")).isEqualTo(1);
        ServiceAnswer again = get("ada");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().path("seen").asInt()).isEqualTo(1);
        assertThat(again.headers().getFirst("Link")).isEqualTo("<next>");
        assertThat(conditionOf(0)).isEmpty();
        assertThat(conditionOf(1)).isEqualTo("W/\"a\"");
    }

    @Test
    void takesTheNewAnswerAndItsTag() {
        answers("\"a\"", 1);
        answers("\"b\"", 2);
        isAsItWas();

        assertThat(seen("ada")).isEqualTo(1);
        assertThat(seen("ada")).isEqualTo(2);
        assertThat(seen("ada")).isEqualTo(2);
        assertThat(conditionOf(2)).isEqualTo("\"b\"");
    }

    @Test
    void showsNobodyWhatAnotherWasShown() {
        answers("\"a\"", 1);
        answers("\"a\"", 2);

        assertThat(seen("ada")).isEqualTo(1);
        assertThat(seen("grace")).isEqualTo(2);
        assertThat(conditionOf(1)).isEmpty();
    }

    @Test
    void showsNothingThatTheServiceDoesNotShowAnyMore() {
        answers("\"a\"", 1);
        stub.on(THING, 404, "{\"message\":\"Not Found\"}").on(THING, 500, "{}");

        assertThat(seen("ada")).isEqualTo(1);
        assertThatThrownBy(() -> get("ada")).isInstanceOf(ServiceRefusedException.class);
        assertThatThrownBy(() -> get("ada")).isInstanceOf(TransientException.class);
    }

    @Test
    void asksAServiceWithoutTagsAsEver() {
        stub.on(THING, 200, "{\"seen\":1}").on(THING, 200, "{\"seen\":2}");

        assertThat(seen("ada")).isEqualTo(1);
        assertThat(seen("ada")).isEqualTo(2);
        assertThat(conditionOf(1)).isEmpty();
    }

    @Test
    void doesNotRememberWhatIsLarge() {
        String large = "{\"text\":\"" + "x".repeat(70_000) + "\"}";
        stub.on(THING, 200, Map.of("Content-Type", "application/json", "ETag", "\"a\""), large);

        get("ada");
        get("ada");

        assertThat(conditionOf(1)).isEmpty();
    }
}
