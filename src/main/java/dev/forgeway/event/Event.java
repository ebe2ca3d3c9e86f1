package dev.forgeway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happened on a forge or in a build system, whoever told us. Fields that do not apply are null. */
public sealed interface Event
        permits CheckRerunEvent,
                CommitCommentEvent,
                CoprBuildEvent,
                InstallationEvent,
                IssueCommentEvent,
                KojiBuildEvent,
                KojiTagEvent,
                KojiTaskEvent,
                LogAnalysisEvent,
                NewUpstreamVersionEvent,
                PipelineEvent,
                PullRequestCommentEvent,
                PullRequestEvent,
                PullRequestFlagEvent,
                PushEvent,
                ReleaseEvent,
                ScanEvent,
                TestingFarmResultEvent,
                VmImageEvent {

    EventType type();

    /** The wire name of the forge that it happened on ("github"), or null for a build system. */
    @Nullable
    String forge();

    /** What happened to the subject, in the vocabulary of its type ("opened", "created", "ended"). */
    String action();

    /** When the sender says that it happened. */
    Instant occurredAt();

    /** The account that caused it, or null where the sender does not say. */
    @Nullable
    String actor();

    /** The project that the event is about, or null where only a look-up can tell. */
    @Nullable
    Project project();

    /** The head commit that the event is about, or null where only a look-up can tell. */
    @Nullable
    String commit();

    /** The installation of a GitHub App that it came through. */
    @Nullable
    Installation installation();

    /** What was written, for an event about a comment. */
    default @Nullable Comment comment() {
        return null;
    }

    /**
     * Whether it happened in the dist-git of a package, which is on a Pagure, in the namespace {@code rpms}
     * (https://docs.fedoraproject.org/en-US/package-maintainers/Package_Maintenance_Guide/).
     */
    default boolean inDistGit() {
        Project project = project();
        return "pagure".equals(forge())
                && project != null
                && project.namespace().equals("rpms");
    }

    /** Whether it happened in a repository of tests of dist-git, which Fedora CI runs without a package. */
    default boolean inTestsOfDistGit() {
        Project project = project();
        return "pagure".equals(forge())
                && project != null
                && project.namespace().equals("tests");
    }

    /** Whether it happened in dist-git, in a package or in tests, where packagers decide. */
    default boolean inDistGitOrItsTests() {
        return inDistGit() || inTestsOfDistGit();
    }

    /** The pull request that the event is about, if it is about one. */
    default @Nullable PullRequest pullRequest() {
        return null;
    }
}
