package dev.forgeway.service.bodhi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.service.http.HttpTimeouts;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.simulator.BodhiSimulator;
import dev.forgeway.simulator.Response;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpBodhiUpdatesTest {

    private static final String NVR = "hello-1.0-1.fc45";

    private final BodhiSimulator simulator = new BodhiSimulator();
    private final HttpBodhiUpdates bodhi = with(simulator.token());

    private HttpBodhiUpdates with(@Nullable String token) {
        return new HttpBodhiUpdates(
                simulator.url(),
                token,
                new ServiceHttp(HttpTimeouts.DEFAULT, new SimpleMeterRegistry(), Clock.systemUTC()));
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void makesAnUpdateAndFindsItByItsBuild() {
        assertThat(bodhi.find(NVR)).isEmpty();

        BodhiUpdate made = bodhi.create(List.of(NVR), null, "Notes.", Map.of());

        assertThat(simulator.updates()).containsEntry(NVR, made.alias());
        assertThat(made.url()).isEqualTo(simulator.url() + "/updates/" + made.alias());
        assertThat(bodhi.find(NVR)).contains(made);
        assertThat(bodhi.find("hello-1.0-2.fc45")).isEmpty();
    }

    @Test
    void givesAnUpdateWhatElseIsWantedButNotWhatItIsMadeOf() throws JsonProcessingException {
        Map<String, @Nullable Object> wanted = Map.of(
                "type",
                "security",
                "stable_days",
                3,
                "autokarma",
                false,
                "builds",
                List.of("other-1-1"),
                "edited",
                "F-1");

        bodhi.create(List.of(NVR), null, "Notes.", wanted);

        JsonNode sent = new ObjectMapper()
                .readTree(simulator.calls("POST /updates/").get(0).body());
        assertThat(sent.path("type").asText()).isEqualTo("security");
        assertThat(sent.path("notes").asText()).isEqualTo("Notes.");
        assertThat(sent.path("stable_days").asInt()).isEqualTo(3);
        assertThat(sent.path("autokarma").booleanValue()).isFalse();
        assertThat(sent.path("builds"))
                .singleElement()
                .extracting(JsonNode::asText)
                .isEqualTo(NVR);
        assertThat(sent.has("edited")).isFalse();
        assertThat(simulator.updates()).containsOnlyKeys(NVR);
    }

    @Test
    void tellsTheUserWhatBodhiRefuses() {
        bodhi.create(List.of(NVR), null, "Notes.", Map.of());

        assertThatThrownBy(() -> bodhi.create(List.of(NVR), null, "Notes.", Map.of()))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("Update for " + NVR + " already exists");
    }

    @Test
    void asksTheOperatorWhenNobodyIsLetIn() {
        assertThatThrownBy(() -> with("expired").create(List.of(NVR), null, "Notes.", Map.of()))
                .isInstanceOf(TransientException.class)
                .hasMessageContaining("forgeway.service.bodhi.token");
        simulator.faults().answer("POST /updates/", 1, Response.json(403, Map.of("status", "error")));
        assertThatThrownBy(() -> bodhi.create(List.of(NVR), null, "Notes.", Map.of()))
                .isInstanceOf(TransientException.class)
                .hasMessageContaining("forgeway.service.bodhi.token");
    }

    @Test
    void isOffWithoutAToken() {
        assertThat(with(null).isOn()).isFalse();
        assertThat(bodhi.isOn()).isTrue();
    }

    @Test
    void makesOneUpdateOfASideTag() {
        String tag = "f45-build-side-1";
        BodhiUpdate made = bodhi.create(List.of(NVR, "library-1-1"), tag, "Notes.", Map.of());

        assertThat(made.fromTag()).isEqualTo(tag);
        assertThat(bodhi.find("library-1-1")).contains(made);
        assertThat(simulator.sideTags()).containsEntry(made.alias(), tag);
        assertThatThrownBy(() -> bodhi.create(List.of("other-1-1"), tag, "Notes.", Map.of()))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("Update already exists using this side tag");
    }
}
