package dev.forgeway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.UnansweredException;
import dev.forgeway.service.testingfarm.TestRequest;
import dev.forgeway.service.testingfarm.TestingFarm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Testing Farm that tests nothing and remembers what it was asked. */
public final class FakeTestingFarm implements TestingFarm {

    private static final String URL = "https://farm.example.org/";

    private final Map<String, TestRequest> requests = new LinkedHashMap<>();
    private final List<JsonNode> bodies = new ArrayList<>();
    private final List<String> canceled = new ArrayList<>();
    private Runnable onSubmit = () -> {};
    private boolean losesAnswer;
    private int questions;

    /** Happens when a request is about to be made. */
    public FakeTestingFarm onSubmit(Runnable what) {
        this.onSubmit = what;
        return this;
    }

    /** The next request is taken in, but nobody hears of it. */
    public FakeTestingFarm losesAnswer() {
        this.losesAnswer = true;
        return this;
    }

    /** How a request stands from now on. */
    public FakeTestingFarm says(String id, String state, @Nullable String overall) {
        requests.put(id, new TestRequest(id, state, overall, null, URL + "artifacts/" + id, null, URL + id));
        return this;
    }

    /** It never heard of a request. */
    public FakeTestingFarm forgets(String id) {
        requests.remove(id);
        return this;
    }

    /** What was requested, oldest first. */
    public List<JsonNode> bodies() {
        return bodies;
    }

    /** How often it was asked how a request stands. */
    public int questions() {
        return questions;
    }

    public List<String> canceled() {
        return canceled;
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public TestRequest submit(JsonNode request) {
        onSubmit.run();
        bodies.add(request);
        String id = "t" + bodies.size();
        says(id, "new", null);
        if (losesAnswer) {
            losesAnswer = false;
            throw new UnansweredException("no answer");
        }
        return Objects.requireNonNull(requests.get(id));
    }

    @Override
    public Optional<TestRequest> findByVariable(String name, String value, Instant createdAfter) {
        for (int i = 0; i < bodies.size(); i++) {
            if (bodies.get(i).at("/environments/0/variables/" + name).asText().equals(value)) {
                return Optional.ofNullable(requests.get("t" + (i + 1)));
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<TestRequest> find(String id) {
        questions++;
        return Optional.ofNullable(requests.get(id));
    }

    @Override
    public boolean cancel(String id) {
        canceled.add(id);
        return true;
    }
}
