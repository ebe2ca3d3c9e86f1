package dev.forgeway.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.event.Comment;
import dev.forgeway.event.CommitCommentEvent;
import dev.forgeway.event.Issue;
import dev.forgeway.event.IssueCommentEvent;
import dev.forgeway.testing.Examples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectTest {

    private static final Comment COMMENT = new Comment(99, "/packit help", "https://github.com/a/b");

    @ParameterizedTest
    @CsvSource({"PULL_REQUEST, 7, 7", "ISSUE, 7, issue/7", "COMMIT, 528b803b, commit/528b803b"})
    void isFoundAgainByItsPlace(Subject.Kind kind, String id, String place) {
        Subject subject = new Subject(kind, id);

        assertThat(subject.place()).isEqualTo(place);
        assertThat(Subject.at(place)).isEqualTo(subject);
    }

    @Test
    void isWhatAnEventIsAbout() {
        assertThat(Subject.of(Examples.pullRequest(Examples.PROJECT))).contains(Subject.pullRequest(7));
        assertThat(Subject.of(Examples.comment("/packit help"))).contains(Subject.pullRequest(7));
        assertThat(Subject.of(new IssueCommentEvent(
                        "created", "github", "ada", Examples.NOON, Examples.PROJECT, new Issue(8), COMMENT, null)))
                .contains(new Subject(Subject.Kind.ISSUE, "8"));
        assertThat(Subject.of(new CommitCommentEvent(
                        "created", "github", "ada", Examples.NOON, Examples.PROJECT, "c0ffee", COMMENT, null)))
                .contains(new Subject(Subject.Kind.COMMIT, "c0ffee"));
        assertThat(Subject.of(Examples.build("1", Examples.RAWHIDE, null))).isEmpty();
    }
}
