package dev.forgeway.store;

import static dev.forgeway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.dispatch.Job;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.store.EffectStore.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
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

    @Test
    void letsOneOfManyCallForWhatThereShallBeOneOf() {
        jdbc.update("delete from shared_effect");
        Instant until = NOON.plusSeconds(40);

        List<Claim> claims = race(() -> effects.claim("issue", UUID.randomUUID().toString(), NOON, until));

        assertThat(claims).filteredOn(Claim.Fresh.class::isInstance).hasSize(1);
        assertThat(claims)
                .filteredOn(claim ->
                        claim instanceof Claim.Held held && held.until().equals(until))
                .hasSize(claims.size() - 1);
    }

    @Test
    void letsSomebodyElseCallWhenTheCallIsOver() {
        jdbc.update("delete from shared_effect");
        Instant until = NOON.plusSeconds(40);
        effects.claim("issue", "first", NOON, until);
        assertThat(effects.claim("issue", "first", NOON, until)).isEqualTo(new Claim.Held("first", until));
        assertThat(effects.claim("another", "second", NOON, until)).isEqualTo(new Claim.Fresh());

        effects.ended("issue", "second", NOON.plusSeconds(1));
        assertThat(effects.claim("issue", "second", NOON.plusSeconds(1), until))
                .as("one cannot end the call of another")
                .isEqualTo(new Claim.Held("first", until));
        assertThat(effects.claim("issue", "second", until, until.plusSeconds(40)))
                .as("its time is over")
                .isEqualTo(new Claim.After());
        assertThat(effects.isBy("first", "issue")).isFalse();
        assertThat(effects.isBy("second", "issue")).isTrue();

        effects.ended("issue", "second", until.plusSeconds(1));
        assertThat(effects.claim("issue", "third", until.plusSeconds(1), until.plusSeconds(41)))
                .isEqualTo(new Claim.After());
        effects.leave("issue", "third", until.plusSeconds(2));
        assertThat(effects.isBy("third", "issue")).isFalse();
    }

    @Test
    void forgetsACallAfterADay() {
        jdbc.update("delete from shared_effect");
        effects.claim("issue", "first", NOON, NOON.plusSeconds(40));
        Instant later = NOON.plus(Duration.ofDays(2));

        assertThat(effects.claim("another", "second", later, later)).isEqualTo(new Claim.Fresh());

        assertThat(effects.isBy("first", "issue")).isFalse();
        assertThat(effects.claim("issue", "second", later, later.plusSeconds(40)))
                .isEqualTo(new Claim.Fresh());
    }
}
