package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.forgeway.camel.JobConsumers;
import dev.forgeway.camel.QueueDepths;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** The page in a real browser, where there is one: Chromium prints what a document has become. */
@FlowTest
class BrowserPageFlowTest extends Flow {

    private static final List<Path> CHROMIUM = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));

    @TempDir
    Path folder;

    @Autowired
    QueueDepths depths;

    @Autowired
    JobConsumers consumers;

    @BeforeEach
    void needsABrowser() {
        assumeThat(CHROMIUM).as("no Chromium here").anyMatch(Files::isExecutable);
    }

    @Test
    void showsTheStoryOfADelivery() throws Exception {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        var delivery = pullRequest.opens();
        copr.finishBuild(pullRequest.build().id(), true);
        delivery.jobIsEventually("succeeded");
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");

        assertThat(rendered("/deliveries/" + delivery.id()))
                .contains("<h1>pull-request opened", "dispatched", "base 5 for pull-request")
                .contains(">github.com/" + pullRequest.repository() + "</a>")
                .contains("find-package-config", "<code>github.config-find</code>", "waited ")
                .contains("rpm-build:" + RAWHIDE);
    }

    @Test
    void listsTheDeliveriesOfAPullRequestWithTheirReasons() throws Exception {
        var pullRequest = pullRequest("flow", false);
        var delivery = pullRequest.opens();
        delivery.isEventually("filtered", "no-package-config");

        assertThat(rendered(
                        "/?project=github.com/" + pullRequest.repository() + "&pullRequest=" + pullRequest.number()))
                .contains("href=\"/deliveries/" + delivery.id() + "\"")
                .contains("no-package-config: looked for .packit.yaml");
    }

    @Test
    void saysOfAProjectWhatIsKnownOfItAndWhyNothingHappens() throws Exception {
        var stranger = pullRequest("flow-stranger", false).brings(PullRequestStory.config("fedora-rawhide"));
        stranger.opens().isEventually("filtered", "namespace-not-approved");
        var bare = pullRequest("flow", false);
        bare.opens().isEventually("filtered", "no-package-config");

        assertThat(rendered("/?project=github.com/" + stranger.repository()))
                .contains(
                        "Its events are dropped: github.com/" + stranger.repository() + " is unknown on the allowlist.")
                .contains("<dt>Allowlist</dt><dd><span class=\"badge\" data-word=\"unknown\">")
                .contains("filtered: namespace-not-approved");
        assertThat(rendered("/?project=github.com/" + bare.repository()))
                .contains("Its last event found no package config at " + bare.head())
                .contains("data-word=\"approved-manually\"")
                .contains("data-word=\"absent\"");
        assertThat(rendered("/?project=github.com/flow-stranger/never-heard-of"))
                .contains("no event of github.com/flow-stranger/never-heard-of was ever received");
    }

    @Test
    void showsMarkupOfOthersAsText() throws Exception {
        String markup = "<img src=x onerror=document.title=1>";

        assertThat(rendered("/?commit=" + markup.replace(" ", "%20")))
                .contains("commit must be at least 7 hexadecimal digits")
                .doesNotContain("<img");
        var pullRequest = pullRequestOf(markup);
        var delivery = pullRequest.opens();
        delivery.toldOnce(told -> told.has("event"));
        assertThat(rendered("/deliveries/" + delivery.id()))
                .contains("&lt;img src=x")
                .doesNotContain("<img");
    }

    @Test
    void showsWhatWouldBeDecidedNow() throws Exception {
        var pullRequest = pullRequest("flow-trial", false).brings(PullRequestStory.config("fedora-rawhide"));
        var delivery = pullRequest.opens();
        delivery.isEventually("filtered");
        api.allow("github.com/flow-trial", "approved-manually");
        Path profile = Files.createDirectory(folder.resolve("driven"));

        try (Browser browser =
                new Browser(executable(), profile, "http://127.0.0.1:" + port + "/deliveries/" + delivery.id())) {
            eventually().until(() -> browser.evaluate("String(!!document.getElementById('token'))"), "true"::equals);
            asks(browser, "wrong");
            eventually()
                    .untilAsserted(() -> assertThat(browser.text("trial-state"))
                            .isEqualTo("this needs Authorization: Bearer and the admin token"));
            assertThat(browser.text("trial-result")).isEmpty();

            asks(browser, World.ADMIN_TOKEN);
            eventually()
                    .untilAsserted(() -> assertThat(browser.text("trial-state"))
                            .isEqualTo("This would be decided now; nothing was done."));
            assertThat(browser.text("trial-result"))
                    .startsWith("dispatched")
                    .contains("outcome\tfiltered\tdispatched")
                    .contains("job: copr-build for pull_request\tnot there\tfedora-rawhide-x86_64")
                    .contains("base 5 for pull-request")
                    .contains("find-package-config");
        }
        assertThat(delivery.told().path("jobs")).as("nothing was done").isEmpty();
    }

    @Test
    void showsAPrivateRepositoryToWhoHasTheToken() throws Exception {
        var pullRequest = pullRequest("flow", true);
        var delivery = pullRequest.opens();
        delivery.isEventually("filtered", "private-repository");
        Path profile = Files.createDirectory(folder.resolve("private"));

        try (Browser browser =
                new Browser(executable(), profile, "http://127.0.0.1:" + port + "/deliveries/" + delivery.id())) {
            eventually()
                    .untilAsserted(
                            () -> assertThat(browser.text("problem")).contains("who has the admin token is told"));
            browser.evaluate("document.getElementById('reader-token').value = '" + World.ADMIN_TOKEN + "';"
                    + "document.querySelector('#reader button').click()");
            eventually().untilAsserted(() -> assertThat(browser.text("shown")).contains(pullRequest.repository()));
        }
    }

    /** A person types the token and presses the button. */
    private static void asks(Browser browser, String token) {
        browser.evaluate("document.getElementById('token').value = '" + token + "';"
                + "document.querySelector('form.trial button').click()");
    }

    private static Path executable() {
        return CHROMIUM.stream().filter(Files::isExecutable).findFirst().orElseThrow();
    }

    @Test
    void showsTheQueues() throws Exception {
        eventually().until(() -> api.queues().size() > 0);

        assertThat(rendered("/queues")).contains("<th scope=\"row\">deliveries</th>");
    }

    @Test
    void showsWhatIsPausedByWhomAndHowManyWait() throws Exception {
        String handler =
                "{\"kind\":\"handler\",\"name\":\"copr-build\",\"by\":\"ada\",\"note\":\"Copr is being moved\"}";
        api.post("/api/pauses", World.ADMIN_TOKEN, handler);
        try {
            eventually().until(() -> consumers.active("copr-build") == 0);
            var opened = pullRequestBuiltFor("fedora-rawhide").opens();
            eventually()
                    .until(() -> broker.server().locateQueue("jobs.copr-build").getMessageCount() == 1);
            depths.sample();

            assertThat(rendered("/queues"))
                    .contains("<th scope=\"row\">handler copr-build</th>")
                    .contains("<td>ada</td><td>Copr is being moved</td><td>1</td>")
                    .contains("<th scope=\"row\">jobs.copr-build<em> paused</em></th><td>1</td>")
                    .contains(
                            opened.told().path("jobs").path(0).path("priority").asText() + ": 1</td>")
                    .contains("of the broker's disk is used; above 90 % it takes nothing.");
            api.post("/api/pauses/resume", World.ADMIN_TOKEN, handler);
            opened.jobEventuallyWaits();
        } finally {
            api.post("/api/pauses/resume", World.ADMIN_TOKEN, handler);
        }
    }

    @Test
    void showsThatAProcessIsDrained() throws Exception {
        api.post("/api/drain", World.ADMIN_TOKEN, "{\"by\":\"ada\"}");
        try {
            assertThat(rendered("/queues")).contains("takes nothing more since", "says ada. It can be stopped.");
        } finally {
            api.post("/api/drain/end", World.ADMIN_TOKEN, "{\"by\":\"ada\"}");
        }
    }

    @Test
    void showsTheSources() throws Exception {
        assertThat(rendered("/sources"))
                .contains("<th scope=\"row\">forgejo</th>", "Forgejo has no API for what it sent to a hook");
    }

    /** The document once its scripts ran and what they asked for was answered. */
    private String rendered(String path) throws IOException, InterruptedException {
        Path document = folder.resolve("document.html");
        Path complaints = folder.resolve("complaints.txt");
        Path browser = executable();
        Process process = new ProcessBuilder(
                        browser.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--enable-logging=stderr",
                        "--virtual-time-budget=2000",
                        "--dump-dom",
                        "http://127.0.0.1:" + port + path)
                .redirectOutput(document.toFile())
                .redirectError(complaints.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(complaints, StandardCharsets.UTF_8))
                .doesNotContain("Content Security Policy", "Uncaught");
        return Files.readString(document, StandardCharsets.UTF_8);
    }
}
