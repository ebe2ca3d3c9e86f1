package dev.forgeway.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.metrics.IngestMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RawBodyFilterTest {

    private static final ApplicationAvailability READY = availability(ReadinessState.ACCEPTING_TRAFFIC);

    private static final String FORM = "application/x-www-form-urlencoded";

    @ParameterizedTest
    @CsvSource({
        "gitlab, application/json, 200",
        "gitlab, application/json; charset=utf-8, 200",
        "gitlab, " + FORM + ", 415",
        "pagure, application/json, 200",
        "pagure, " + FORM + ", 415",
        "forgejo, application/json, 200",
        "forgejo, " + FORM + ", 200",
        "forgejo, text/plain, 415"
    })
    void letsOnlyContentTypesPassThatTheForgeSends(String forge, String type, int status) throws Exception {
        assertThat(answer("POST", forge, type, "{}")).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gitlab", "forgejo", "pagure"})
    void refusesOtherMethodsAndEmptyBodies(String forge) throws Exception {
        assertThat(answer("GET", forge, "application/json", "{}")).isEqualTo(405);
        assertThat(answer("POST", forge, "application/json", "")).isEqualTo(400);
    }

    @Test
    void asksToComeBackWhileTheRoutesAreNotUp() throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/webhooks/github");
        request.setContentType("application/json");
        request.setContent(Requests.bytes("{}"));
        MockHttpServletResponse response = new MockHttpServletResponse();

        new RawBodyFilter(
                        Requests.settings(Map.of()),
                        new IngestMetrics(new SimpleMeterRegistry()),
                        availability(ReadinessState.REFUSING_TRAFFIC))
                .doFilter(request, response, new MockFilterChain());

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isNotBlank();
    }

    private static ApplicationAvailability availability(ReadinessState readiness) {
        StaticApplicationContext context = new StaticApplicationContext();
        ApplicationAvailabilityBean availability = new ApplicationAvailabilityBean();
        availability.onApplicationEvent(new AvailabilityChangeEvent<>(context, readiness));
        return availability;
    }

    private static int answer(String method, String forge, String type, String body)
            throws ServletException, IOException {
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/webhooks/" + forge);
        request.setContentType(type);
        request.setContent(Requests.bytes(body));
        MockHttpServletResponse response = new MockHttpServletResponse();
        new RawBodyFilter(Requests.settings(Map.of()), new IngestMetrics(new SimpleMeterRegistry()), READY)
                .doFilter(request, response, new MockFilterChain());
        return response.getStatus();
    }
}
