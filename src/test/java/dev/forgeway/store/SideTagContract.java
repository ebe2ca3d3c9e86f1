package dev.forgeway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.dispatch.Job;
import dev.forgeway.ingest.Delivery;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/** What is promised about side tags, on every database. */
abstract class SideTagContract extends PauseContract {

    private SideTagStore tags;

    @BeforeEach
    void startWithoutSideTags() {
        jdbc.update("delete from side_tag");
        tags = new SideTagStore(jdbc, transaction);
    }

    @Test
    void keepsOneSideTagForEachGroupAndBranch() {
        tags.intend("hello", "f45", 7);
        tags.intend("hello", "f45", 9);
        assertThat(tags.find("hello", "f45")).contains(new SideTag("hello", "f45", null, 7));

        tags.created("hello", "f45", "f45-build-side-8");
        tags.created("hello", "f45", "f45-build-side-9");

        SideTag kept = new SideTag("hello", "f45", "f45-build-side-8", 7);
        assertThat(tags.find("hello", "f45")).contains(kept);
        assertThat(tags.named("f45-build-side-8")).contains(kept);
        assertThat(tags.named("f45-build-side-9")).isEmpty();
        assertThat(tags.find("hello", "f44")).isEmpty();
    }

    @Test
    void retiresTheSideTagThatIsMeantAlone() {
        tags.intend("hello", "f45", 0);
        tags.created("hello", "f45", "f45-build-side-8");
        SideTag first = tags.find("hello", "f45").orElseThrow();
        tags.retire(first);
        assertThat(tags.find("hello", "f45")).isEmpty();
        tags.intend("hello", "f45", 8);
        tags.created("hello", "f45", "f45-build-side-9");

        tags.retire(first);

        assertThat(tags.find("hello", "f45")).map(SideTag::name).contains("f45-build-side-9");
    }

    @Test
    void givesNoSideTagToTwoGroups() {
        tags.intend("hello", "f45", 0);
        tags.created("hello", "f45", "f45-build-side-8");
        tags.intend("other", "f45", 0);

        assertThatThrownBy(() -> tags.created("other", "f45", "f45-build-side-8"))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void keepsWhatAJobIsAboutWhenItsDeliveryIsAboutSomethingElse() {
        Delivery delivery = recorded("tagged");
        Job same = Samples.job(delivery.id());
        Job other = Samples.job(delivery.id()).about(Samples.COMMENTED);
        deliveries.conclude(Samples.dispatched(delivery.id(), List.of(same, other), List.of()));

        assertThat(jobs.load(same.id())).map(Job::event).contains(Samples.OPENED);
        assertThat(jobs.load(other.id())).map(Job::event).contains(Samples.COMMENTED);
        assertThat(deliveries.jobsOf(delivery.id())).containsExactly(same, other);
    }
}
