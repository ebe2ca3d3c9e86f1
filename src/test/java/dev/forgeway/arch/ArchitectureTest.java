package dev.forgeway.arch;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the rooms of docs/architecture.md apart; every message says what to do instead. */
@AnalyzeClasses(packages = "dev.forgeway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final Path MAIN = Path.of("src/main/java");
    private static final int LONGEST_CLASS = 300;

    private static final String HANDLER = "dev.forgeway.handle.JobHandler";
    private static final DescribedPredicate<JavaClass> ARE_HANDLERS =
            assignableTo(HANDLER).and(not(INTERFACES)).as("are handlers");

    /** What a room publishes: the records that go from one to the next. */
    private static final Set<String> PUBLISHED = Set.of(
            "dev.forgeway.ingest.BusMessage",
            "dev.forgeway.ingest.BusMessages",
            "dev.forgeway.ingest.Delivery",
            "dev.forgeway.dispatch.Job",
            "dev.forgeway.dispatch.Job$State",
            "dev.forgeway.dispatch.Dispatchable",
            "dev.forgeway.dispatch.Workload",
            "dev.forgeway.dispatch.Workload$Waiting",
            "dev.forgeway.dispatch.Workload$Activity",
            "dev.forgeway.handle.HandlerSpec",
            "dev.forgeway.handle.HandlerSpec$QueueClass",
            "dev.forgeway.handle.Origin",
            "dev.forgeway.handle.BuildPlan",
            "dev.forgeway.handle.NotificationPlan",
            "dev.forgeway.handle.TestPlan",
            "dev.forgeway.handle.TestPlan$Ci",
            "dev.forgeway.handle.DownstreamPlan",
            "dev.forgeway.handle.SideTagPlan",
            "dev.forgeway.handle.SyncPlan",
            "dev.forgeway.handle.UpdatePlan",
            "dev.forgeway.handle.SyncedFiles",
            "dev.forgeway.handle.UpstreamPackages",
            "dev.forgeway.handle.UpstreamPackages$UpstreamPackage",
            "dev.forgeway.handle.Handlers",
            "dev.forgeway.handle.JobHandler",
            "dev.forgeway.handle.Checks",
            "dev.forgeway.ingest.GitHubDeliveries",
            "dev.forgeway.ingest.GitLabWebhook",
            "dev.forgeway.ingest.WebhookRequest",
            "dev.forgeway.ingest.StandardWebhookSignature",
            "dev.forgeway.ingest.Receipt",
            "dev.forgeway.ingest.Receipt$Status");

    @ArchTest
    static final ArchRule CAMEL_STAYS_IN_ITS_ROOM = noClasses()
            .that()
            .resideOutsideOfPackage("dev.forgeway.camel..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..")
            .because("beans do not know the routes: take a plain record, and put the glue into dev.forgeway.camel");

    @ArchTest
    static final ArchRule EVENTS_ARE_PLAIN = classes()
            .that()
            .resideInAnyPackage("dev.forgeway.event..", "dev.forgeway.error..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.forgeway.event..", "dev.forgeway.error..", "java..", "org.jspecify..")
            .because("everything depends on them: keep JSON in store.EventJson and logic in the rooms");

    @ArchTest
    static final ArchRule INGEST_KNOWS_NO_OTHER_ROOM = room("ingest", "decide", "dispatch", "handle", "report");

    @ArchTest
    static final ArchRule DECIDE_KNOWS_NO_OTHER_ROOM = room("decide", "ingest", "dispatch", "handle", "report");

    @ArchTest
    static final ArchRule DISPATCH_KNOWS_NO_OTHER_ROOM = room("dispatch", "ingest", "decide", "handle", "report");

    @ArchTest
    static final ArchRule HANDLE_KNOWS_NO_OTHER_ROOM = room("handle", "ingest", "decide", "dispatch", "report");

    @ArchTest
    static final ArchRule REPORT_KNOWS_NO_OTHER_ROOM = room("report", "ingest", "decide", "dispatch", "handle");

    @ArchTest
    static final ArchRule STORE_KNOWS_NO_OTHER_ROOM =
            room("store", "ingest", "decide", "dispatch", "handle", "report", "admin", "camel");

    @ArchTest
    static final ArchRule SCHEDULE_KNOWS_NO_OTHER_ROOM =
            room("schedule", "ingest", "decide", "dispatch", "handle", "report", "admin");

    @ArchTest
    static final ArchRule ADMIN_KNOWS_NO_OTHER_ROOM =
            room("admin", "ingest", "decide", "dispatch", "handle", "report", "schedule");

    @ArchTest
    static final ArchRule ROOMS_HAVE_AN_ORDER = slices().matching("dev.forgeway.(*)..")
            .should()
            .beFreeOfCycles()
            .because("what is above may call what is below: move the record that both need to the lower room");

    @ArchTest
    static final ArchRule SERVICES_DO_NOT_KNOW_EACH_OTHER = slices().matching("dev.forgeway.service.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAPackage("dev.forgeway.service.http.."))
            .because("services meet in a handler only: what they share is in service.http");

    @ArchTest
    static final ArchRule FORGES_DO_NOT_KNOW_EACH_OTHER = slices().matching("dev.forgeway.forge.(*)..")
            .should()
            .notDependOnEachOther()
            .because("forges are alike by their interface only: what they share is in dev.forgeway.forge");

    @ArchTest
    static final ArchRule HANDLERS_DO_NOT_CALL_HANDLERS = noClasses()
            .that(ARE_HANDLERS)
            .should()
            .callCodeUnitWhere(describe(
                    "is of another handler",
                    call -> ARE_HANDLERS.test(call.getTargetOwner())
                            && !call.getTargetOwner().equals(call.getOriginOwner())))
            .because("a handler that needs another one asks for a job; its SPEC may be read");

    @ArchTest
    static final ArchRule HANDLERS_DO_NOT_KEEP_HANDLERS = noFields()
            .that()
            .areDeclaredInClassesThat(ARE_HANDLERS)
            .should()
            .haveRawType(assignableTo(HANDLER))
            .because("a handler that needs another one asks for a job; its SPEC may be read");

    @ArchTest
    static final ArchRule CLIENTS_KNOW_NO_ROOM = noClasses()
            .that()
            .resideInAnyPackage("dev.forgeway.forge..", "dev.forgeway.service..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.forgeway.ingest..",
                    "dev.forgeway.decide..",
                    "dev.forgeway.dispatch..",
                    "dev.forgeway.handle..",
                    "dev.forgeway.report..",
                    "dev.forgeway.store..",
                    "dev.forgeway.config..",
                    "dev.forgeway.camel..")
            .because("a client takes values and gives values: translate in the handler or the reporter");

    @ArchTest
    static final ArchRule FORGES_DO_NOT_KNOW_SERVICES = noClasses()
            .that()
            .resideInAPackage("dev.forgeway.forge..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.forgeway.service.copr..")
            .because("a forge and a build service meet in a handler only");

    @ArchTest
    static final ArchRule SERVICES_DO_NOT_KNOW_FORGES = noClasses()
            .that()
            .resideInAPackage("dev.forgeway.service..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.forgeway.forge..")
            .because("a forge and a build service meet in a handler only");

    @ArchTest
    static final ArchRule NOTHING_DEPENDS_ON_THE_SIMULATED_WORLD = noClasses()
            .that()
            .resideOutsideOfPackages("dev.forgeway.simulator..", "dev.forgeway.demo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.forgeway.simulator..", "dev.forgeway.demo..")
            .because("the product runs without them: they are for tests and the demo");

    @ArchTest
    static final ArchRule NO_FIELD_INJECTION = fields().should()
            .notBeAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .because("a constructor says what a bean needs: add a parameter there");

    @ArchTest
    static final ArchRule NO_OLD_DATES = noFields()
            .should()
            .haveRawType("java.util.Date")
            .because("java.time.Instant says the same and cannot be changed: convert what a library gives");

    @ArchTest
    static final ArchRule NAMES_SAY_SOMETHING = noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
            .because("such a name says nothing: name what the class is for");

    private static ArchRule room(String name, String... others) {
        String[] packages =
                Stream.of(others).map(other -> "dev.forgeway." + other + "..").toArray(String[]::new);
        DescribedPredicate<JavaClass> inner = resideInAnyPackage(packages)
                .and(describe("are not published", type -> !PUBLISHED.contains(type.getName())));
        return noClasses()
                .that()
                .resideInAPackage("dev.forgeway." + name + "..")
                .should()
                .dependOnClassesThat(inner)
                .because("rooms meet in routes: pass a record through store, event or a published record instead");
    }

    @Test
    void everyPackageSaysWhatItIsForAndIsNullMarked() throws IOException {
        for (Path file : sources()) {
            Path info = file.resolveSibling("package-info.java");
            assertThat(info).exists();
            assertThat(Files.readString(info)).as(info.toString()).contains("@NullMarked");
        }
    }

    @Test
    void noClassIsTooLongToRead() throws IOException {
        for (Path file : sources()) {
            assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(LONGEST_CLASS);
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
