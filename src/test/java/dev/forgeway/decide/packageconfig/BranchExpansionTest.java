package dev.forgeway.decide.packageconfig;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BranchExpansionTest {

    private final BranchExpansion expansion = new BranchExpansion(new TargetExpansion(() ->
            new Releases(List.of("44", "45"), List.of("46"), List.of("9", "10"), List.of("9", "10"), List.of("16.0"))));

    @ParameterizedTest
    @CsvSource({
        "fedora-all, f44 f45 f46 main",
        "fedora-stable, f44 f45",
        "fedora-development, f46 main",
        "fedora-latest, f46",
        "fedora-latest-stable, f45",
        "fedora-branched, f44 f45 f46",
        "fedora-rawhide, main",
        "fedora-44, f44",
        "epel-all, epel9 epel10",
        "epel-10.1, epel10.1",
        "centos-stream-all, c9s c10s",
        "rawhide, main",
        "f45, f45",
        "f45-topic, f45-topic"
    })
    void expandsToBranches(String name, String branches) {
        assertThat(expansion.expand(List.of(name))).containsExactly(branches.split(" "));
    }

    @Test
    void namesEachBranchOnceAndRawhideWhereThereIsNone() {
        assertThat(expansion.expand(List.of("f45", "fedora-stable"))).containsExactly("f45", "f44");
        assertThat(expansion.expand(List.of("rawhide", "main", "fedora-rawhide")))
                .containsExactly("main");
        assertThat(expansion.expand(List.of())).containsExactly("main");
    }
}
