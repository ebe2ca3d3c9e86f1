package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.forgeway.camel.JobConsumers;
import dev.forgeway.camel.QueueDepths;
import dev.forgeway.flow.Browser.Device;
import dev.forgeway.simulator.WebhookDelivery;
import jakarta.jms.JMSException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The page in a real browser, where there is one: what people read, whatever they hold and however they read. */
@FlowTest
class BrowserPageFlowTest extends Flow {

    /** Where pictures for the documentation go; none are taken without it. */
    private static final String PICTURES = System.getProperty("docs.pictures", "");

    /** What a person pastes, and what that means. */
    private static final String PASTED = """
            packit/hello#342 -> packit/hello#342
            gitlab.com/a/b/c!5 -> gitlab.com/a/b/c#5
            https://github.com/packit/hello/pull/342#issuecomment-12 -> github.com/packit/hello#342
            https://github.com/packit/hello/pull/342?w=1 -> github.com/packit/hello#342
            https://github.com/packit/hello/pull/342/files#r7 -> github.com/packit/hello#342
            https://gitlab.com/a/b/c/-/merge_requests/5#note_1 -> gitlab.com/a/b/c#5
            https://codeberg.org/a/b/pulls/3#issuecomment-1 -> codeberg.org/a/b#3
            https://pagure.io/hello/pull-request/7#comment-1 -> pagure.io/hello#7
            http://127.0.0.1:3000/a/b/pulls/3 -> 127.0.0.1/a/b#3
            https://github.com/packit/hello/tree/main -> github.com/packit/hello
            https://github.com/packit/hello/issues/12#issuecomment-3 -> github.com/packit/hello
            https://gitlab.com/a/b/c/-/tree/main?ref_type=heads -> gitlab.com/a/b/c
            https://codeberg.org/a/b/src/branch/main -> codeberg.org/a/b
            https://github.com/me/tree -> github.com/me/tree
            https://ada@gitlab.example.org:8443/a/b.git -> gitlab.example.org/a/b
            git@github.com:packit/hello.git -> github.com/packit/hello
            ssh://git@pagure.io:22/hello.git -> pagure.io/hello
            https://github.com/packit/hello/commit/c0ffee1#diff-1 -> c0ffee1
            https://github.com/packit/hello/pull/342/commits/c0ffee1.patch -> c0ffee1
            https://gitlab.com/a/b/-/commit/C0FFEE1 -> C0FFEE1
            https://pagure.io/hello/c/c0ffee1c0ffee1c0ffee1c0ffee1c0ffee1c0ffe?branch=x -> c0ffee1c0ffee1c0ffee1c0ffee1c0ffee1c0ffe
            c0ffee -> key c0ffee
            01a2-x -> key 01a2-x
            """;

    private static final String MEANING = "text => import('/page/search.js').then(search => search.meaning(text))"
            + ".then(({ key, commit, project, pullRequest }) => key ? `key ${key}`"
            + " : commit ?? project + (pullRequest ? `#${pullRequest}` : ''))";

    private static Browser browser;

    @Autowired
    QueueDepths depths;

    @Autowired
    JobConsumers consumers;

    @BeforeAll
    static void startTheBrowser() {
        assumeThat(Browser.found()).as("no Chromium here").isPresent();
        browser = Browser.get();
    }

    @AfterEach
    void goOn() {
        browser.closePages();
        api.post("/api/pauses/resume", World.ADMIN_TOKEN, pause("copr-build"));
        api.post("/api/drain/end", World.ADMIN_TOKEN, "{\"by\":\"ada\"}");
    }

    @ParameterizedTest
    @EnumSource
    void showsTheStoryOfADelivery(Device device) {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        var delivery = pullRequest.opens();
        copr.finishBuild(pullRequest.build().id(), true);
        delivery.jobIsEventually("succeeded");
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");

        Page page = open("/deliveries/" + delivery.id(), device);

        browser.reads(
                page,
                "pull-request opened",
                "dispatched",
                "for pull-request",
                "github.com/" + pullRequest.repository(),
                "find-package-config",
                "github.config-find",
                "waited ",
                "rpm-build:" + RAWHIDE);
        picture(page, "delivery", device);
    }

    @Test
    void listsTheDeliveriesOfAPullRequestWithTheirReasons() {
        var pullRequest = pullRequest("flow", false);
        var delivery = pullRequest.opens();
        delivery.isEventually("filtered", "no-package-config");

        Page page = open("/?project=github.com/" + pullRequest.repository() + "&pullRequest=" + pullRequest.number());

        browser.reads(page, "no-package-config: looked for .packit.yaml", "What is known of the whole project");
        page.locator("a[href='/deliveries/" + delivery.id() + "']").click();
        browser.reads(page, "What happened, step by step");
    }

    @ParameterizedTest
    @EnumSource
    void saysOfAProjectWhatIsKnownOfItAndWhyNothingHappens(Device device) {
        var stranger = pullRequest("flow-stranger", false).brings(PullRequestStory.config("fedora-rawhide"));
        stranger.opens().isEventually("filtered", "namespace-not-approved");
        var bare = pullRequest("flow", false);
        bare.opens().isEventually("filtered", "no-package-config");
        projectTold("github.com/" + bare.repository(), "found no package config");

        Page page = open("/?project=github.com/" + stranger.repository(), device);
        browser.reads(
                page,
                "Its events are dropped: github.com/" + stranger.repository() + " is unknown on the allowlist.",
                "filtered: namespace-not-approved");
        picture(page, "project", device);
        browser.reads(
                open("/?project=github.com/" + bare.repository(), device),
                "Its last event found no package config at " + bare.head(),
                "approved-manually",
                "absent");
        browser.reads(
                open("/?project=github.com/flow-stranger/never-heard-of", device),
                "no event of github.com/flow-stranger/never-heard-of was ever received");
    }

    @Test
    void searchesForWhatAPersonTypes() {
        var pullRequest = pullRequest("flow", false);
        var delivery = pullRequest.opens();
        delivery.isEventually("filtered");
        Page page = open("/sources");

        page.getByRole(AriaRole.SEARCHBOX)
                .fill("https://github.com/" + pullRequest.repository() + "/pull/" + pullRequest.number());
        page.getByRole(AriaRole.SEARCHBOX).press("Enter");

        browser.reads(page, "github.com/" + pullRequest.repository() + "#" + pullRequest.number());
        assertThat(page.locator("a[href='/deliveries/" + delivery.id() + "']").count())
                .isEqualTo(1);
    }

    /** As they are copied from the address line and the clone button of each forge. */
    @Test
    void understandsWhatAPersonPastes() {
        Page page = open("/sources");

        PASTED.lines()
                .map(line -> line.split(" -> "))
                .forEach(pair ->
                        assertThat(page.evaluate(MEANING, pair[0])).as(pair[0]).isEqualTo(pair[1]));
    }

    /** As a browser sends it that searches here by itself, or whose person was faster than the script. */
    @Test
    void understandsTheFormOfTheSearchToo() {
        var pullRequest = pullRequest("flow", false);
        var delivery = pullRequest.opens();
        delivery.isEventually("filtered");

        Page page = open("/?q=github.com/" + pullRequest.repository() + "%23" + pullRequest.number());

        linkTo(delivery, page).waitFor();
        browser.reads(page, "github.com/" + pullRequest.repository() + "#" + pullRequest.number());
        assertThat(page.getByRole(AriaRole.SEARCHBOX).inputValue())
                .isEqualTo("github.com/" + pullRequest.repository() + "#" + pullRequest.number());
    }

    @Test
    void saysWithoutScriptsWhereTheSameIs() {
        Page page = browser.openWithoutScripts("http://127.0.0.1:" + port + "/");

        assertThat(page.getByRole(AriaRole.MAIN).innerText())
                .contains("it needs JavaScript", "/api/deliveries")
                .doesNotContain("Loading", "Pause");
    }

    @Test
    void saysHowToAskForWhatIsNotFound() {
        browser.reads(open("/?key=c0ffee"), "Nothing has this id or key", "seven of its digits");
        browser.reads(open("/?project=flow/hello"), "A project is named with its host");
        browser.reads(open("/?project=github.com/flow/a%23b"), "no event of github.com/flow/a#b was ever received");
        browser.reads(open("/?before=0"), "Nothing is older");
    }

    @Test
    void findsADeliveryByItsIdInCapitals() {
        var delivery = pullRequest("flow", false).opens();
        delivery.isEventually("filtered");

        Page page = open("/?q=" + delivery.id().toUpperCase(Locale.ROOT));

        page.waitForURL("**/deliveries/" + delivery.id());
    }

    @Test
    void leavesTheKeyboardWhereItWasWhenSomethingChanges() {
        Page page = browser.empty(Device.DESKTOP);
        AtomicInteger asked = new AtomicInteger();
        page.route("**/api/dead-letters?*", route -> route.fulfill(deadJobs(asked.incrementAndGet())));
        page.navigate("http://127.0.0.1:" + port + "/dead-letters");
        page.locator("a[href='/deliveries/one']").nth(1).focus();
        int shown = asked.get();
        page.waitForCondition(() -> asked.get() > shown + 1);
        assertThat((boolean) page.evaluate(
                        "[...document.querySelectorAll(\"a[href='/deliveries/one']\")][1] === document.activeElement"))
                .as("of two jobs of one delivery the same")
                .isTrue();

        page.route("**/api/dead-letters?*", route -> route.fulfill(json("[]")));
        page.waitForCondition(() -> page.getByText("Nothing is given up.").isVisible());

        assertThat(page.evaluate("document.activeElement.id"))
                .as("what is gone")
                .isEqualTo("content");
    }

    /** Two of one delivery, which change with every answer. */
    private static Route.FulfillOptions deadJobs(int answer) {
        String job =
                "{\"kind\":\"job\",\"id\":\"%s\",\"deliveryId\":\"one\",\"source\":\"github\",\"handler\":\"tests\","
                        + "\"reason\":\"defect\",\"detail\":\"" + answer + "\",\"since\":\"2026-11-24T12:00:00Z\"}";
        return json("[" + job.formatted("a") + "," + job.formatted("b") + "]");
    }

    private static Route.FulfillOptions json(String body) {
        return new Route.FulfillOptions().setContentType("application/json").setBody(body);
    }

    @Test
    void asksNothingMoreWhileTheServiceIsSlowAndSaysWhenItDoesNotAnswer() {
        Page page = browser.empty(Device.DESKTOP);
        page.clock().install();
        List<Route> asked = new ArrayList<>();
        page.route("**/api/gaps", asked::add);
        page.navigate("http://127.0.0.1:" + port + "/sources");
        page.waitForCondition(() -> asked.size() == 1);

        page.clock().runFor(30_000);
        assertThat(asked).hasSize(1);
        asked.get(0).abort();
        page.getByText("the service does not answer").waitFor();
        page.clock().runFor(3_000);
        page.waitForCondition(() -> asked.size() == 2);
        asked.get(1).resume();

        page.getByText("Forgejo has no API for what it sent to a hook").waitFor();
        assertThat(page.getByRole(AriaRole.ALERT).isVisible()).isFalse();
    }

    @Test
    void leavesATableWhereAPersonMovedItWhenItsNumbersChange() {
        Page page = browser.empty(Device.PHONE_AT_NIGHT);
        AtomicInteger waiting = new AtomicInteger();
        page.route(
                "**/api/queues",
                route -> route.fulfill(
                        json("[{\"name\":\"jobs.sync-from-downstream\",\"messages\":" + waiting.incrementAndGet()
                                + ",\"oldestSeconds\":86400,\"scheduled\":0,\"consumers\":1,\"priorities\":{}}]")));
        page.navigate("http://127.0.0.1:" + port + "/queues");
        page.locator("#queues").waitFor();
        page.evaluate("document.getElementById('queues').scrollLeft = 40");
        assertThat(asideOf(page)).isEqualTo(40);
        int shown = waiting.get();

        page.waitForCondition(() -> waiting.get() > shown + 1);

        assertThat(asideOf(page)).isEqualTo(40);
    }

    /** At one moment; a locator would find the table first, and ask one that is replaced meanwhile. */
    private static int asideOf(Page page) {
        return (int) page.evaluate("document.getElementById('queues').scrollLeft");
    }

    @Test
    void showsMarkupOfOthersAsText() {
        String markup = "<img src=x onerror=document.title=1>";

        Page refused = open("/?commit=" + markup.replace(" ", "%20"));
        browser.reads(refused, "commit must be at least 7 hexadecimal digits");
        assertThat(refused.locator("img").count()).isZero();
        var pullRequest = pullRequestOf(markup);
        var delivery = pullRequest.opens();
        delivery.toldOnce(told -> told.has("event"));
        Page page = open("/deliveries/" + delivery.id());
        browser.reads(page, markup);
        assertThat(page.locator("img").count()).isZero();
    }

    @Test
    void showsWhatWouldBeDecidedNow() {
        var pullRequest = pullRequest("flow-trial", false).brings(PullRequestStory.config("fedora-rawhide"));
        var delivery = pullRequest.opens();
        delivery.isEventually("filtered");
        api.allow("github.com/flow-trial", "approved-manually");
        Page page = open("/deliveries/" + delivery.id());

        asks(page, "wrong");
        browser.reads(page, "this needs Authorization: Bearer and the admin token");
        assertThat(page.locator("#trial-result").innerText()).isEmpty();

        asks(page, World.ADMIN_TOKEN);
        browser.reads(page, "This would be decided now; nothing was done.");
        assertThat(page.locator("#trial-result").innerText())
                .startsWith("dispatched")
                .contains("outcome\tfiltered\tdispatched")
                .contains("job: copr-build for pull_request\tnot there\tfedora-rawhide-x86_64")
                .contains("base 5 for pull-request")
                .contains("find-package-config");
        assertThat(delivery.told().path("jobs")).as("nothing was done").isEmpty();
    }

    @Test
    void showsAPrivateRepositoryToWhoHasTheToken() {
        var pullRequest = pullRequest("flow", true);
        var delivery = pullRequest.opens();
        delivery.isEventually("filtered", "private-repository");
        Page page = open("/deliveries/" + delivery.id());
        browser.reads(page, "who has the admin token is told");

        reads(page, "wrong");
        browser.reads(page, "The token at the end of the page is not right; empty the field");
        reads(page, World.ADMIN_TOKEN);

        browser.reads(page, "github.com/" + pullRequest.repository());
    }

    /** A person types the token at the end of the page, and presses the button. */
    private static void reads(Page page, String token) {
        page.getByLabel("Admin token, to read about private repositories").fill(token);
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Use").setExact(true))
                .click();
    }

    @ParameterizedTest
    @EnumSource
    void showsWhatIsPausedByWhomAndHowManyWait(Device device) throws JMSException {
        api.post("/api/pauses", World.ADMIN_TOKEN, pause("copr-build"));
        eventually().until(() -> consumers.active("copr-build") == 0);
        var opened = pullRequestBuiltFor("fedora-rawhide").opens();
        // the broker counts by priority a moment behind the message
        eventually().until(() -> {
            depths.sample();
            return waitsWithAPriority("jobs.copr-build");
        });

        Page page = open("/queues", device);

        browser.reads(page, "of the broker's disk is used; above 90 % it takes nothing.");
        String priority = opened.told().path("jobs").path(0).path("priority").asText() + ": 1";
        assertThat(page.locator("#pauses tbody tr").allInnerTexts())
                .singleElement()
                .satisfies(row -> assertThat(row).contains("handler copr-build", "ada\tCopr is being moved\t1"));
        assertThat(page.locator("#queues tr", new Page.LocatorOptions().setHasText("jobs.copr-build paused"))
                        .innerText())
                .contains(priority);
        picture(page, "queues", device);
        browser.reads(
                open("/deliveries/" + opened.id(), device),
                "It waits: handler copr-build is paused by ada: Copr is being moved");
        api.post("/api/pauses/resume", World.ADMIN_TOKEN, pause("copr-build"));
        opened.jobEventuallyWaits();
    }

    private boolean waitsWithAPriority(String name) {
        for (JsonNode queue : api.queues()) {
            if (queue.path("name").asText().equals(name)) {
                return queue.path("messages").asInt() == 1
                        && !queue.path("priorities").isEmpty();
            }
        }
        return false;
    }

    @Test
    void showsThatAProcessIsDrained() {
        api.post("/api/drain", World.ADMIN_TOKEN, "{\"by\":\"ada\"}");

        browser.reads(open("/queues"), "takes nothing more since", "It can be stopped.");
    }

    @ParameterizedTest
    @EnumSource
    void showsTheQueuesAndTheSources(Device device) {
        eventually().until(() -> api.queues().size() > 0);

        browser.reads(open("/queues", device), "dead.statuses.notices");
        Page sources = open("/sources", device);
        browser.reads(sources, "Forgejo has no API for what it sent to a hook");
        assertThat((int) sources.locator("#sources tbody tr")
                        .first()
                        .locator("td")
                        .last()
                        .evaluate("cell => cell.offsetWidth"))
                .as("room for a sentence")
                .isGreaterThan(200);
    }

    @ParameterizedTest
    @EnumSource
    void pagesThroughDeadLettersAndKeepsTheConditions(Device device) {
        List<DeliveryStory> unreadable =
                Stream.generate(this::unreadable).limit(51).toList();
        unreadable.forEach(delivery -> delivery.isEventually("parked", "invalid-json"));
        DeliveryStory oldest = unreadable.get(0);
        DeliveryStory newest = unreadable.get(50);

        Page page = open("/dead-letters?source=github&youngerThan=1h", device);
        browser.reads(page, "youngerThan 1h");

        link("invalid-json", page).click();
        linkTo(newest, page).waitFor();
        link("Older", page).click();

        linkTo(oldest, page).waitFor();
        browser.reads(page, "Dead letters", "id " + oldest.id());
        assertThat(page.url()).contains("source=github", "youngerThan=1h", "reason=invalid-json", "before=");
        api.post("/api/dead-letters/discard", World.ADMIN_TOKEN, "{\"reason\":\"invalid-json\",\"by\":\"ada\"}");
    }

    private static Locator link(String name, Page page) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator linkTo(DeliveryStory delivery, Page page) {
        return page.locator("a[href='/deliveries/" + delivery.id() + "']");
    }

    private DeliveryStory unreadable() {
        return DeliveryStory.accepted(
                api,
                webhooks.send(
                        new WebhookDelivery("pull_request", UUID.randomUUID().toString(), "{\"action\":")));
    }

    /** A person types the token and presses the button. */
    private static void asks(Page page, String token) {
        page.getByLabel("Admin token", new Page.GetByLabelOptions().setExact(true))
                .fill(token);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("What would be decided now?"))
                .click();
    }

    private Page open(String path) {
        return open(path, Device.DESKTOP);
    }

    private Page open(String path, Device device) {
        return browser.open(api.page(path), device);
    }

    private static String pause(String handler) {
        return "{\"kind\":\"handler\",\"name\":\"" + handler + "\",\"by\":\"ada\",\"note\":\"Copr is being moved\"}";
    }

    /** With {@code -Ddocs.pictures=docs/images}. */
    private static void picture(Page page, String name, Device device) {
        if (!PICTURES.isEmpty()) {
            Path file = Path.of(PICTURES, name + (device == Device.DESKTOP ? "-light.png" : "-phone-dark.png"));
            page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
            assertThat(Files.exists(file)).isTrue();
        }
    }
}
