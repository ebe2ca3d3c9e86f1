package dev.forgeway.service.testingfarm;

import java.net.URI;

/**
 * How to reach Testing Farm.
 *
 * @param url the root of the API with its version, for example https://api.testing-farm.io/v0.1
 * @param apiKey of an account that was onboarded (https://docs.testing-farm.io/Testing%20Farm/0.1/onboarding.html)
 */
public record TestingFarmSettings(URI url, String apiKey) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "TestingFarmSettings[url=" + url + "]";
    }
}
