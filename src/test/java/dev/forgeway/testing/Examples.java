package dev.forgeway.testing;

import dev.forgeway.config.Settings;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.Build;
import dev.forgeway.event.Comment;
import dev.forgeway.event.CommitCommentEvent;
import dev.forgeway.event.CoprBuildEvent;
import dev.forgeway.event.Event;
import dev.forgeway.event.Installation;
import dev.forgeway.event.Issue;
import dev.forgeway.event.IssueCommentEvent;
import dev.forgeway.event.KojiTaskEvent;
import dev.forgeway.event.KojiWork;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequest;
import dev.forgeway.event.PullRequestCommentEvent;
import dev.forgeway.event.PullRequestEvent;
import dev.forgeway.event.PushEvent;
import dev.forgeway.event.ReleaseEvent;
import dev.forgeway.ingest.Delivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Small values. */
public final class Examples {

    public static final Instant NOON = Instant.parse("2025-03-01T12:00:00Z");
    public static final String COMMIT = "528b803be6f93e19ca4130bf4976f2800a3004c4";
    public static final String RAWHIDE = "fedora-rawhide-x86_64";
    public static final String EPEL = "epel-10-x86_64";
    public static final Project PROJECT = project("packit-service", "hello", "public");

    private Examples() {}

    /** The settings with these keys (without {@code forgeway.}) and values. */
    public static Settings settings(String... keysAndValues) {
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put("forgeway." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("forgeway", Settings.class);
    }

    public static Project project(String namespace, String name, @Nullable String visibility) {
        return new Project("github.com", namespace, name, "https://github.com/" + namespace + "/" + name, visibility);
    }

    public static PullRequestEvent pullRequest(Project project) {
        return new PullRequestEvent(
                "opened",
                "github",
                "ada",
                NOON,
                project,
                new PullRequest(7, "ada", "hello", "fix", "main", null, null),
                COMMIT,
                null,
                new Installation(3, null));
    }

    /** What happened to a ref of a project whose default branch is {@code main}; nothing is known of the files. */
    public static PushEvent push(String action, String ref, @Nullable String commit) {
        return new PushEvent(
                action,
                "github",
                "ada",
                NOON,
                PROJECT,
                ref,
                commit,
                null,
                new Installation(3, null),
                "main",
                null,
                null);
    }

    /** A release that was published from a commit that GitHub does not tell. */
    public static ReleaseEvent release(String tag) {
        return new ReleaseEvent("published", "github", "ada", NOON, PROJECT, tag, null, new Installation(3, null));
    }

    /** A comment as it is received: nothing is known yet of the commit. */
    public static PullRequestCommentEvent comment(String text) {
        return new PullRequestCommentEvent(
                "created",
                "github",
                "ada",
                NOON,
                PROJECT,
                new PullRequest(7, null, null, null, null, null, null),
                new Comment(99, text, "https://github.com/packit-service/hello/pull/7#99"),
                null,
                new Installation(3, null));
    }

    /** A comment on issue 5. */
    public static IssueCommentEvent issueComment(String text) {
        return new IssueCommentEvent(
                "created",
                "github",
                "ada",
                NOON,
                PROJECT,
                new Issue(5),
                new Comment(99, text, "https://github.com/packit-service/hello/issues/5#99"),
                new Installation(3, null));
    }

    /** A comment on a commit of a project whose default branch is {@code main}. */
    public static CommitCommentEvent commitComment(String text) {
        Comment comment = new Comment(98, text, "https://github.com/packit-service/hello/commit/" + COMMIT + "#98");
        return new CommitCommentEvent(
                "created", "github", "ada", NOON, PROJECT, COMMIT, comment, new Installation(3, null), null, "main");
    }

    /** @param result null for a start */
    public static CoprBuildEvent build(String id, String target, @Nullable String result) {
        String state = result == null ? "started" : "ended";
        return new CoprBuildEvent(
                state, null, NOON, new Build("copr", id, target, state, result, "packit", "hello-7", "hello"));
    }

    /** @param state in Koji's words, in lower case */
    public static KojiTaskEvent kojiTask(String id, String state) {
        return new KojiTaskEvent(
                state, "packit", NOON, new KojiWork("koji", id, null, state, null, null, "rawhide", "packit", "hello"));
    }

    public static Delivery delivery(String id) {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        return new Delivery(id, "github", "key-" + id, "pull_request", NOON, Map.of(), body, List.of());
    }

    /** A job of handler {@code copr-build} for a pull request. */
    public static Job coprBuild(String... targets) {
        return job("copr-build", pullRequest(PROJECT), List.of(targets), Map.of());
    }

    /** The same job, for one package of a repository that has several. */
    public static Job of(String packageName, Job job) {
        return new Job(
                job.id(),
                job.deliveryId(),
                job.receivedAt(),
                job.handler(),
                job.trigger(),
                packageName,
                job.targets(),
                job.arguments(),
                job.priority(),
                job.priorityReasons(),
                job.state(),
                job.attempts(),
                job.intended(),
                job.externalId(),
                job.event());
    }

    /** A job that waits on its queue, of a delivery of its own. */
    public static Job job(String handler, Event event, List<String> targets, Map<String, String> arguments) {
        return new Job(
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                NOON,
                handler,
                event.type().wireName(),
                null,
                targets,
                arguments,
                5,
                List.of("base 5"),
                Job.State.QUEUED,
                0,
                false,
                null,
                event);
    }
}
