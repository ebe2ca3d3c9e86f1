package dev.forgeway.decide.select;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.config.QueueClass;
import dev.forgeway.decide.command.Command;
import dev.forgeway.decide.packageconfig.JobConfig;
import dev.forgeway.decide.packageconfig.PackageConfigParser;
import dev.forgeway.decide.packageconfig.Releases;
import dev.forgeway.decide.packageconfig.TargetExpansion;
import dev.forgeway.event.CommitCommentEvent;
import dev.forgeway.event.Event;
import dev.forgeway.event.EventType;
import dev.forgeway.event.PushEvent;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.testing.Examples;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JobMatchingTest {

    private static JobConfig job(String keys) {
        return new PackageConfigParser(new TargetExpansion(Releases::shipped))
                .parse("p", "jobs:\n  - {" + (keys.startsWith("job:") ? "" : "job: copr_build, ") + keys + "}\n")
                .jobs()
                .get(0);
    }

    private static Event event(String what) {
        return switch (what.charAt(0)) {
            case 'o' -> Examples.pullRequest(Examples.PROJECT);
            case '/' ->
                Examples.comment(what).on(Examples.pullRequest(Examples.PROJECT).pullRequest(), Examples.COMMIT);
            case 'v' -> Examples.release(what);
            default -> Examples.push("pushed", what, Examples.COMMIT);
        };
    }

    private static @Nullable Command command(String what) {
        return what.startsWith("/packit ") ? new Command(what.substring(8), null, List.of(), Map.of()) : null;
    }

    @Test
    void asksForNoJobWithoutABranchWhereTheDefaultBranchIsNotKnown() {
        Event push = new PushEvent(
                "pushed",
                "pagure",
                "ada",
                Examples.NOON,
                Examples.PROJECT,
                "refs/heads/topic",
                Examples.COMMIT,
                null,
                null);

        assertThat(JobMatching.asks(push, null, job("trigger: commit"))).isFalse();
        assertThat(JobMatching.asks(push, null, job("trigger: commit, branch: topic")))
                .isTrue();
    }

    @Test
    void leavesToTheAliasesOfDistGitWhichBranchesAreCarriedBack() {
        Event push = new PushEvent(
                "pushed",
                "pagure",
                "ada",
                Examples.NOON,
                Examples.PROJECT,
                "refs/heads/f45",
                Examples.COMMIT,
                null,
                null);
        String sync = "job: sync_from_downstream, trigger: commit";

        assertThat(JobMatching.asks(push, null, job(sync))).isTrue();
        assertThat(JobMatching.asks(push, null, job(sync + ", branch: f45"))).isTrue();
        assertThat(JobMatching.asks(push, null, job(sync + ", branch: f44"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            opened               | trigger: pull_request                        | true
            opened               | trigger: commit                              | false
            opened               | trigger: release                             | false
            opened               | trigger: koji_build                          | false
            opened               | trigger: ignore                              | false
            opened               | trigger: pull_request, manual_trigger: true  | false
            opened               | trigger: pull_request, branch: main          | true
            opened               | trigger: pull_request, branch: 'm.*'         | true
            opened               | trigger: pull_request, branch: ma            | true
            opened               | trigger: pull_request, branch: ai            | false
            opened               | trigger: pull_request, branch: ma$           | false
            opened               | trigger: pull_request, branch: stable        | false
            refs/heads/main-1    | trigger: commit                              | false
            refs/heads/main-1    | trigger: commit, branch: main                | true
            refs/heads/main-1    | trigger: commit, branch: main$               | false
            /packit build        | trigger: pull_request                        | true
            /packit build        | trigger: pull_request, manual_trigger: true  | true
            /packit build        | trigger: commit                              | false
            /packit build        | trigger: pull_request, branch: stable        | false
            /packit              | trigger: pull_request                        | false
            refs/heads/main      | trigger: commit                              | true
            refs/heads/main      | trigger: commit, manual_trigger: true        | false
            refs/heads/main      | trigger: pull_request                        | false
            refs/heads/main      | trigger: release                             | false
            refs/heads/main      | trigger: ignore                              | false
            refs/heads/stable    | trigger: commit                              | false
            refs/heads/stable    | trigger: commit, branch: stable              | true
            refs/heads/main      | trigger: commit, branch: stable              | false
            refs/heads/v1/stable | trigger: commit, branch: 'v\\d+/.*'          | true
            refs/heads/c++       | trigger: commit, branch: 'c++'               | true
            refs/heads/c         | trigger: commit, branch: 'c++'               | false
            v1.0                 | trigger: release                             | true
            v1.0                 | trigger: release, branch: stable             | true
            v1.0                 | trigger: commit                              | false
            v1.0                 | trigger: release, manual_trigger: true       | false
            """)
    void asksForJobsByTriggerBranchAndCommand(String what, String keys, boolean asks) {
        assertThat(JobMatching.asks(event(what), command(what), job(keys))).isEqualTo(asks);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            heads/main   | trigger: commit                       | true
            heads/main   | trigger: commit, manual_trigger: true | true
            heads/main   | trigger: commit, branch: stable       | false
            heads/main   | trigger: release                      | false
            heads/main   | trigger: pull_request                 | false
            heads/stable | trigger: commit                       | false
            heads/stable | trigger: commit, branch: stable       | true
            heads/v1/a   | trigger: commit, branch: 'v\\d+/.*'  | true
            tags/v1.0    | trigger: release                      | true
            tags/v1.0    | trigger: release, branch: stable      | true
            tags/v1.0    | trigger: commit                       | false
            tags/main    | trigger: commit, branch: main         | false
            """)
    void asksByACommentOnACommitForJobsOfItsBranchOrRelease(String ref, String keys, boolean asks) {
        String name = ref.substring(ref.indexOf('/') + 1);
        CommitCommentEvent comment = Examples.commitComment("/packit build");
        Event event = ref.startsWith("tags") ? comment.onTag(name) : comment.onBranch(name);

        assertThat(JobMatching.asks(event, command("/packit build"), job(keys))).isEqualTo(asks);
        assertThat(JobMatching.asks(event, null, job(keys))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            opened          | copr_build  | pull_request | PULL_REQUEST         | build | true
            opened          | tests       | pull_request | PULL_REQUEST         | build | false
            opened          | copr_build  | commit       | PULL_REQUEST         | build | false
            opened          | copr_build  | pull_request | PUSH                 | build | false
            /packit build   | copr_build  | pull_request | PULL_REQUEST_COMMENT | build | true
            /packit build   | copr_build  | pull_request | PULL_REQUEST_COMMENT | test  | false
            /packit build   | copr_build  | pull_request | PULL_REQUEST         | build | false
            """)
    void isServedByHandlersForItsTypeTriggerEventAndCommand(
            String what, String type, String trigger, EventType reactsTo, String command, boolean serves) {
        HandlerSpec spec = new HandlerSpec(
                "any",
                Set.of(type),
                Set.of(trigger),
                Set.of(reactsTo),
                Set.of(command),
                null,
                QueueClass.SHORT,
                List.of(),
                "do it");

        assertThat(JobMatching.serves(spec, event(what), command(what), job("trigger: pull_request")))
                .isEqualTo(serves);
    }

    /** The triggers of https://packit.dev/docs/configuration, and what makes each of them happen. */
    @ParameterizedTest
    @CsvSource({
        "pull_request, PULL_REQUEST PULL_REQUEST_COMMENT",
        "commit,       PUSH COMMIT_COMMENT ISSUE_COMMENT KOJI_BUILD",
        "release,      RELEASE NEW_UPSTREAM_VERSION ISSUE_COMMENT COMMIT_COMMENT",
        "koji_build,   KOJI_BUILD KOJI_TAG ISSUE_COMMENT",
        "ignore,       ''"
    })
    void knowsWhatMakesATriggerHappen(String trigger, String events) {
        Set<String> happens = Arrays.stream(EventType.values())
                .filter(type -> JobMatching.triggers(type).contains(trigger))
                .map(Enum::name)
                .collect(Collectors.toSet());

        assertThat(happens).isEqualTo(events.isEmpty() ? Set.of() : Set.of(events.split(" ")));
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void usesNoTriggerThatTheFormatDoesNotHave(EventType type) {
        assertThat(Set.of("pull_request", "commit", "release", "koji_build")).containsAll(JobMatching.triggers(type));
    }

    @Test
    void takesNoLongTimeForAnExpressionThatAStrangerWrote() {
        String branch = "refs/heads/" + "a".repeat(200);

        assertThat(JobMatching.asks(event(branch), null, job("trigger: commit, branch: '(a+)+b'")))
                .isFalse();
    }
}
