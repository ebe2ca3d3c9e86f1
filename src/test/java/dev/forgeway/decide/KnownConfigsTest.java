package dev.forgeway.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.forgeway.error.TransientException;
import dev.forgeway.event.PushEvent;
import dev.forgeway.forge.PackageConfigFile;
import dev.forgeway.store.ConfigSighting;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownConfigsTest {

    private static final Optional<PackageConfigFile> FILE =
            Optional.of(new PackageConfigFile(".packit.yaml", "jobs: []"));

    private final Stores stores = Stores.empty();
    private final AtomicInteger asked = new AtomicInteger();
    private KnownConfigs known = fresh();

    private KnownConfigs fresh() {
        return new KnownConfigs(stores.projects, Examples.settings());
    }

    private Supplier<Optional<PackageConfigFile>> forge(Optional<PackageConfigFile> answer) {
        return () -> {
            asked.incrementAndGet();
            return answer;
        };
    }

    private static PushEvent push(@Nullable String before, String after, @Nullable Set<String> changed) {
        return new PushEvent(
                "pushed",
                "github",
                "ada",
                Examples.NOON,
                Examples.PROJECT,
                "refs/heads/main",
                after,
                before,
                null,
                "main",
                changed,
                null);
    }

    private KnownConfigs.Found after(PushEvent push, Optional<PackageConfigFile> answer) {
        return known.after(push, String.valueOf(push.commit()), forge(answer));
    }

    @Test
    void asksOnceAboutACommit() {
        assertThat(known.at(Examples.PROJECT, "c1", forge(FILE)).how()).isNull();
        assertThat(known.at(Examples.PROJECT, "c1", forge(Optional.empty())))
                .isEqualTo(new KnownConfigs.Found(FILE, "known"));
        assertThat(known.at(Examples.project("other", "hello", null), "c1", forge(Optional.empty()))
                        .file())
                .isEmpty();
        assertThat(asked).hasValue(2);
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void waitsForNobodyWhereAPushSaysThatNothingMoved() {
        assertThat(after(push("c1", "c1", Set.of("README.md")), FILE).file()).isEqualTo(FILE);
        assertThat(asked).hasValue(1);
    }

    @Test
    void asksOnceForAllWhoAskAtTheSameMoment() {
        CountDownLatch answers = new CountDownLatch(1);
        Supplier<Optional<PackageConfigFile>> slow = () -> {
            asked.incrementAndGet();
            try {
                answers.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return FILE;
        };
        var first = CompletableFuture.supplyAsync(() -> known.at(Examples.PROJECT, "c1", slow));
        await().until(() -> asked.get() == 1);
        var second = CompletableFuture.supplyAsync(() -> known.at(Examples.PROJECT, "c1", slow));

        answers.countDown();

        assertThat(first.join().file()).isEqualTo(second.join().file()).isEqualTo(FILE);
        assertThat(asked).hasValue(1);
    }

    @Test
    void asksAgainAfterAFailure() {
        assertThatThrownBy(() -> known.at(Examples.PROJECT, "c1", () -> {
                    throw new TransientException("502");
                }))
                .hasMessage("502");

        assertThat(known.at(Examples.PROJECT, "c1", forge(FILE)).file()).isEqualTo(FILE);
    }

    @Test
    void carriesPresenceAndAbsenceOnWithAPushThatLeavesTheNamesAlone() {
        for (Optional<PackageConfigFile> answer : java.util.List.of(FILE, Optional.<PackageConfigFile>empty())) {
            known = fresh();
            asked.set(0);
            for (int i = 1; i <= 200; i++) {
                assertThat(after(push("c" + (i - 1), "c" + i, Set.of("README.md")), answer)
                                .file())
                        .isEqualTo(answer);
            }
            assertThat(asked).hasValue(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"c1, .packit.yaml", "c1, packit.yml", "c1, -", "-, README.md", "c7, README.md"})
    void asksWhereAPushProvesNothing(@Nullable String before, @Nullable String changed) {
        after(push("c0", "c1", Set.of("README.md")), Optional.empty());

        var found = after(push(before, "c2", changed == null ? null : Set.of(changed)), FILE);

        assertThat(found).isEqualTo(new KnownConfigs.Found(FILE, null));
        assertThat(asked).hasValue(2);
    }

    @Test
    void knowsWhatAnEarlierProcessLearnedOfARepositoryWithoutAConfig() {
        stores.projects.saw(absence("c1", ".packit.yaml, .packit.yml, packit.yaml, packit.yml"));

        assertThat(after(push("c1", "c2", Set.of("README.md")), FILE))
                .isEqualTo(
                        new KnownConfigs.Found(Optional.empty(), "as at c1, and the push touched none of the names"));
        assertThat(asked).hasValue(0);
    }

    @Test
    void asksWhenAnEarlierProcessLookedForOtherNames() {
        stores.projects.saw(absence("c1", "packit.json"));

        assertThat(after(push("c1", "c2", Set.of("README.md")), FILE).file()).isEqualTo(FILE);
    }

    private static ConfigSighting absence(String commit, String names) {
        return new ConfigSighting(Examples.PROJECT.key(), ConfigSighting.State.ABSENT, null, null, commit, true, names);
    }
}
