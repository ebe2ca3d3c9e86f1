package dev.forgeway.service.testingfarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * Testing Farm, through its API version 0.1 (https://api.testing-farm.io/redoc). All methods throw {@link
 * dev.forgeway.error.TransientException} when trying again can help.
 */
public interface TestingFarm {

    /** False without an API key; then nothing else may be called. */
    boolean isOn();

    /**
     * Requests tests.
     *
     * @param request the body, as the API describes it
     * @throws dev.forgeway.error.UserErrorException when Testing Farm finds something wrong with the request
     */
    TestRequest submit(JsonNode request);

    /**
     * Finds a request of ours that an earlier {@link #submit} may have made, by a variable of its environment. Testing
     * Farm has no search by a key of the caller's, but it lists the caller's own requests from a time on.
     */
    Optional<TestRequest> findByVariable(String name, String value, Instant createdAfter);

    /** Asks how a request stands. Empty when Testing Farm does not know it. */
    Optional<TestRequest> find(String id);

    /**
     * Asks Testing Farm to stop a request.
     *
     * @return false when it had ended before
     */
    boolean cancel(String id);
}
