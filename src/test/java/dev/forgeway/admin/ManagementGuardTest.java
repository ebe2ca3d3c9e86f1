package dev.forgeway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** A management port that only this machine reaches; {@link ManagementPortTest} is about one that others reach. */
class ManagementGuardTest {

    private final ManagementGuard guard = new ManagementGuard("/actuator", null, true);

    @ParameterizedTest
    @CsvSource({
        "localhost, /actuator/jolokia/version, 200",
        "127.0.0.1, /actuator/hawtio, 200",
        "[::1], /actuator/hawtio, 200",
        "stranger.example.org, /actuator/jolokia/version, 403",
        "127.0.0.1.example.org, /actuator, 403",
        "forgeway.example.org, /actuator/health/liveness, 200",
        "forgeway.example.org, /actuator/prometheus, 200"
    })
    void answersToTheNamesOfThisMachineAlone(String name, String path, int status)
            throws ServletException, IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.setServletPath(path);
        request.setServerName(name);
        MockHttpServletResponse response = new MockHttpServletResponse();
        MockFilterChain chain = new MockFilterChain();

        guard.doFilter(request, response, chain);

        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(chain.getRequest() != null).as("is answered").isEqualTo(status == 200);
    }
}
