package dev.forgeway.store;

import static dev.forgeway.store.Samples.NOON;
import static dev.forgeway.store.Samples.PROJECT;

import dev.forgeway.event.Analysis;
import dev.forgeway.event.CheckReference;
import dev.forgeway.event.CheckRerunEvent;
import dev.forgeway.event.Comment;
import dev.forgeway.event.CommitCommentEvent;
import dev.forgeway.event.Event;
import dev.forgeway.event.Flag;
import dev.forgeway.event.Installation;
import dev.forgeway.event.InstallationEvent;
import dev.forgeway.event.Issue;
import dev.forgeway.event.IssueCommentEvent;
import dev.forgeway.event.KojiBuildEvent;
import dev.forgeway.event.KojiTagEvent;
import dev.forgeway.event.KojiTaskEvent;
import dev.forgeway.event.KojiWork;
import dev.forgeway.event.LogAnalysisEvent;
import dev.forgeway.event.NewUpstreamVersionEvent;
import dev.forgeway.event.Pipeline;
import dev.forgeway.event.PipelineEvent;
import dev.forgeway.event.PullRequest;
import dev.forgeway.event.PullRequestFlagEvent;
import dev.forgeway.event.PushEvent;
import dev.forgeway.event.ReleaseEvent;
import dev.forgeway.event.ScanEvent;
import dev.forgeway.event.TestRun;
import dev.forgeway.event.TestingFarmResultEvent;
import dev.forgeway.event.UpstreamPackage;
import dev.forgeway.event.VmImage;
import dev.forgeway.event.VmImageEvent;
import java.util.List;

/** One event of every kind. */
public final class EventSamples {

    private static final Comment COMMENT =
            new Comment(9, "/packit build", "https://example.org/9", "42", "/packit biuld");
    private static final KojiWork WORK =
            new KojiWork("koji", "12", "34", "complete", "building", "hello-1.0-1.fc44", "f44", "packit", "hello");

    private EventSamples() {}

    public static List<Event> all() {
        return List.of(
                Samples.OPENED,
                Samples.COMMENTED,
                Samples.BUILT,
                new IssueCommentEvent("created", "github", "ada", NOON, PROJECT, new Issue(3), COMMENT, null),
                new CommitCommentEvent("created", "gitlab", "ada", NOON, PROJECT, "c0ffee", COMMENT, null)
                        .onTag("v1.0"),
                new PushEvent("pushed", "forgejo", "ada", NOON, PROJECT, "refs/heads/main", "c0ffee", "beef", null),
                new ReleaseEvent("published", "github", "ada", NOON, PROJECT, "v1.0", null, new Installation(3, null)),
                new InstallationEvent(
                        "created",
                        "github",
                        "ada",
                        NOON,
                        new Installation(3, "packit"),
                        "github.com",
                        List.of("packit/hello")),
                new CheckRerunEvent(
                        "rerequested",
                        "github",
                        "ada",
                        NOON,
                        PROJECT,
                        "c0ffee",
                        new CheckReference(4, "rpm-build:fedora-rawhide-x86_64", "key"),
                        null),
                new PipelineEvent(
                        "success",
                        "gitlab",
                        "ada",
                        NOON,
                        PROJECT,
                        "c0ffee",
                        "main",
                        new Pipeline("5", "success", "https://example.org/5"),
                        null),
                new PullRequestFlagEvent(
                        "added",
                        "pagure",
                        "ada",
                        NOON,
                        PROJECT,
                        new PullRequest(7, null, null, null, "main", null, null),
                        "c0ffee",
                        new Flag("ci", "success", "all is well", "https://example.org/6")),
                new KojiTaskEvent("closed", "packit", NOON, WORK),
                new KojiBuildEvent("complete", "packit", NOON, WORK, "c0ffee"),
                new KojiTagEvent("tagged", "packit", NOON, WORK, "f44-build-side-1")
                        .of("group", "f44")
                        .in(PROJECT)
                        .on("f44", "c0ffee"),
                new TestingFarmResultEvent("complete", null, NOON, new TestRun("c9f1", "complete", "passed")),
                new NewUpstreamVersionEvent(
                        "released", null, NOON, new UpstreamPackage("hello", List.of("1.1", "1.0.1"), "2345")),
                new ScanEvent("finished", null, NOON, new Analysis("7", "finished", "hello-1.0", null)),
                new LogAnalysisEvent("complete", null, NOON, new Analysis("8", "complete", "12", null)),
                new VmImageEvent(
                        "success",
                        null,
                        NOON,
                        new VmImage("9", "success", "fedora-44-x86_64", null, "https://example.org/9.qcow2")));
    }
}
