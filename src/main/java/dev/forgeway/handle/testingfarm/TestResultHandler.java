package dev.forgeway.handle.testingfarm;

import dev.forgeway.config.QueueClass;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.EventType;
import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import dev.forgeway.handle.SubjectJobs;
import dev.forgeway.service.testingfarm.TestRequest;
import dev.forgeway.service.testingfarm.TestingFarm;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.Link;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.StoreTransaction;
import dev.forgeway.store.StoredJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks Testing Farm how tests stand when it says that there is news. The state only moves forward: news that comes twice
 * or late changes nothing.
 */
@Component
public class TestResultHandler implements JobHandler {

    public static final HandlerSpec SPEC = new HandlerSpec(
            "test-result",
            Set.of(),
            Set.of(),
            Set.of(EventType.TESTING_FARM_RESULT),
            Set.of(),
            null,
            QueueClass.SHORT,
            List.of("TestingFarmResultsHandler"),
            "follow tests by the notifications of Testing Farm");

    private static final TestNews GONE =
            new TestNews(CheckState.ERROR, "Testing Farm does not know the tests any more.", null);

    private final TestingFarm farm;
    private final JobStore jobs;
    private final SubjectJobs subjects;

    public TestResultHandler(TestingFarm farm, JobStore jobs, OutboxStore outbox, StoreTransaction transaction) {
        this.farm = farm;
        this.jobs = jobs;
        this.subjects = new SubjectJobs(jobs, outbox, transaction);
    }

    @Override
    public HandlerSpec spec() {
        return SPEC;
    }

    @Override
    public Outcome handle(Job job) {
        StoredJob subject = subjects.of(job);
        Job tests = subject.job();
        if (tests.state() == Job.State.DONE) {
            return Outcome.skipped("The tests had ended before");
        }
        Optional<TestRequest> request = farm.find(Objects.requireNonNull(tests.externalId()));
        TestNews news = request.map(TestNews::of).orElse(GONE);
        boolean changed = show(subject, request.orElse(null), news);
        if (news.state().isFinal()) {
            subjects.end(tests, TestNews.outcome(subjects.state(tests)));
        }
        return changed ? Outcome.succeeded(news.title()) : Outcome.skipped("Nothing new: " + news.title());
    }

    private boolean show(StoredJob subject, @Nullable TestRequest request, TestNews news) {
        Job tests = subject.job();
        String target = tests.targets().get(0);
        String url = request == null ? subject.url() : links(request).get(0).url();
        return subjects.advance(
                tests,
                target,
                news.state(),
                List.of(Checks.one(TestsHandler.SPEC, tests, target, news.state(), news.title(), news.summary(), url)),
                () -> {
                    if (request != null) {
                        jobs.submitted(tests.id(), request.id(), links(request));
                    }
                });
    }

    /** Where people see the tests; first what tells them most. */
    private static List<Link> links(TestRequest request) {
        List<Link> links = new ArrayList<>();
        if (request.artifactsUrl() != null) {
            links.add(new Link("Results", request.artifactsUrl()));
        }
        if (request.xunitUrl() != null) {
            links.add(new Link("xunit", request.xunitUrl()));
        }
        links.add(new Link("Testing Farm request", request.url()));
        return links;
    }
}
