package dev.forgeway.decide.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.config.Settings;
import dev.forgeway.decide.Decision;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Comment;
import dev.forgeway.event.CommitCommentEvent;
import dev.forgeway.event.Event;
import dev.forgeway.event.Issue;
import dev.forgeway.event.IssueCommentEvent;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequest;
import dev.forgeway.event.PullRequestCommentEvent;
import dev.forgeway.ingest.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class OwnAppCommentTest {

    private static final Instant NOON = Instant.parse("2025-03-01T12:00:00Z");
    private static final Project PROJECT = new Project("github.com", "a", "b", "https://github.com/a/b", "public");

    private final OwnCommentFilter filter = new OwnCommentFilter(
            new Binder(new MapConfigurationPropertySource(Map.of("forgeway.forge.github.app-id", "42")))
                    .bindOrCreate("forgeway", Settings.class));

    private static List<Event> comments(@Nullable String app) {
        Comment comment = new Comment(1, "/packit build", "https://github.com/a/b/1", app, null);
        PullRequest pullRequest = new PullRequest(1, null, null, null, null, null, null);
        return List.of(
                new PullRequestCommentEvent(
                        "created", "github", "mira", NOON, PROJECT, pullRequest, comment, null, null),
                new IssueCommentEvent("created", "github", "mira", NOON, PROJECT, new Issue(1), comment, null),
                new CommitCommentEvent("created", "github", "mira", NOON, PROJECT, "c0ffee", comment, null));
    }

    static List<Event> ours() {
        return comments("42");
    }

    private @Nullable Reason judged(Event event) {
        Decision decision =
                new Decision(new Delivery("id", "github", "key", "x", NOON, Map.of(), new byte[0], List.of()));
        decision.event(event);
        return filter.judge(decision).reason();
    }

    @ParameterizedTest
    @MethodSource("ours")
    void ignoresWhatOurAppWroteUnderAnyName(Event event) {
        assertThat(judged(event)).isEqualTo(Reason.OWN_COMMENT);
    }

    @Test
    void hearsPeopleAndOtherApps() {
        assertThat(comments(null)).allSatisfy(event -> assertThat(judged(event)).isNull());
        assertThat(comments("43")).allSatisfy(event -> assertThat(judged(event)).isNull());
    }
}
