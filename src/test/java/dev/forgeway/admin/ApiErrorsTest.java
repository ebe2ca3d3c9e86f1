package dev.forgeway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.store.EventJson;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.resource.NoResourceFoundException;

class ApiErrorsTest {

    @ParameterizedTest
    @CsvSource({"ACCEPTING_TRAFFIC, 404", "REFUSING_TRAFFIC, 503"})
    void tellsOfNothingThatItIsNotThereWhileItMayBeMissingForAMoment(ReadinessState state, int status)
            throws Exception {
        ApplicationAvailabilityBean availability = new ApplicationAvailabilityBean();
        availability.onApplicationEvent(new AvailabilityChangeEvent<>(this, state));
        MockHttpServletResponse answer = new MockHttpServletResponse();

        new ApiErrors(new EventJson(), availability)
                .resolveException(
                        new MockHttpServletRequest("GET", "/api/queues"),
                        answer,
                        null,
                        new NoResourceFoundException(HttpMethod.GET, "api/queues"));

        assertThat(answer.getStatus()).isEqualTo(status);
        assertThat(answer.getContentType()).isEqualTo("application/problem+json");
        assertThat(answer.getHeader("Retry-After")).isEqualTo(status == 503 ? "10" : null);
        assertThat(answer.getContentAsString()).contains("\"status\":" + status);
    }
}
