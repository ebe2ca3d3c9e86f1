package dev.forgeway.decide.select;

import dev.forgeway.decide.Decisions;
import dev.forgeway.decide.FedoraCi;
import dev.forgeway.decide.ForgeQuestions;
import dev.forgeway.decide.packageconfig.KojiTargets;
import dev.forgeway.decide.packageconfig.PackageConfigParser;
import dev.forgeway.decide.packageconfig.Releases;
import dev.forgeway.decide.packageconfig.TargetExpansion;
import dev.forgeway.forge.Forges;
import dev.forgeway.handle.Handlers;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeCopr;
import dev.forgeway.testing.Stores;
import java.util.List;

/** A selector as the application has it, for some handlers and the releases that are shipped. */
final class Selectors {

    static final TargetExpansion EXPANSION = new TargetExpansion(Releases::shipped);
    static final PackageConfigParser PARSER = new PackageConfigParser(EXPANSION);

    /** A Copr with one project. */
    static final FakeCopr COPR = new FakeCopr().project("@copr/nightly", "epel-9-x86_64", "fedora-44-aarch64");

    private Selectors() {}

    static JobSelector of(Stores stores, Handlers handlers) {
        TestedBuilds builds = new TestedBuilds(stores.jobs, stores.followers);
        return new JobSelector(
                PARSER,
                EXPANSION,
                Decisions.COMMANDS,
                handlers,
                new TestJobs(handlers, new TestTargets(EXPANSION), builds),
                new KojiJobs(handlers, new KojiTargets(EXPANSION), builds, new ForgeQuestions(new Forges(List.of()))),
                builds,
                new CoprTargets(EXPANSION, COPR, Examples.settings()),
                new FedoraCi(Examples.settings()));
    }
}
