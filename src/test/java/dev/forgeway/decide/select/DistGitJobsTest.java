package dev.forgeway.decide.select;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Decisions;
import dev.forgeway.decide.ForgeQuestions;
import dev.forgeway.decide.packageconfig.KojiTargets;
import dev.forgeway.decide.packageconfig.PackageConfig;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.Comment;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequest;
import dev.forgeway.event.PullRequestCommentEvent;
import dev.forgeway.forge.Forges;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.koji.KojiTagHandler;
import dev.forgeway.testing.DescribedHandler;
import dev.forgeway.testing.Examples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistGitJobsTest {

    private static final Project PROJECT =
            new Project("src.fedoraproject.org", "rpms", "hello", "https://src.fedoraproject.org/rpms/hello", "public");

    private final DistGitJobs distGit = new DistGitJobs(
            DescribedHandler.handlers(KojiTagHandler.SPEC),
            new KojiTargets(Selectors.EXPANSION),
            new ForgeQuestions(new Forges(List.of())));

    private static Decision says(String command) {
        return Decisions.about(new PullRequestCommentEvent(
                "created",
                "pagure",
                "ada",
                Examples.NOON,
                PROJECT,
                new PullRequest(3, "ada", "hello", "fix", "f45", null, null),
                new Comment(9, command, "https://src.fedoraproject.org/rpms/hello/pull-request/3"),
                Examples.COMMIT,
                null));
    }

    @Test
    void callsTheChecksOfPackagesThatShareAnIdentifierByTheirPackage() {
        PackageConfig config = Selectors.PARSER.parse(".packit.yaml", """
                packages:
                  one: {downstream_package_name: one}
                  two: {downstream_package_name: two}
                jobs:
                  - job: koji_build
                    trigger: commit
                    packages: [one, two]
                    identifier: same
                    dist_git_branches: [f45]
                    sidetag_group: group
                """);
        List<Job> jobs = new ArrayList<>();

        distGit.add(says("/packit koji-tag"), config, config.jobs(), jobs);

        assertThat(jobs)
                .extracting(job -> job.arguments().get(Checks.IDENTIFIER))
                .containsExactly("same-one", "same-two");
    }
}
