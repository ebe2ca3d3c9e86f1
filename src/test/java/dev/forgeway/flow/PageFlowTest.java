package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page for people: what a browser is given, and what it asks for after that. */
@FlowTest
class PageFlowTest extends Flow {

    private static final Path FILES = Path.of("src/main/resources/static");
    private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"(/[^\"]*)\"");

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void isAtTheRootAndAtTheAddressesThatAreToldToOthers() {
        for (String path : List.of(
                "/", "/deliveries/019ab2f0-0000-7000-8000-000000000000", "/queues", "/sources", "/dead-letters")) {
            HttpResponse<String> page = get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(header(page, "Content-Type")).as(path).startsWith("text/html");
            assertThat(page.body()).as(path).contains("<main id=\"content\"", "lang=\"en\"", "name=\"viewport\"");
        }
    }

    @Test
    void refersToNothingThatIsNotThere() throws IOException {
        for (Path file : files(".html")) {
            String text = Files.readString(file);
            assertThat(REFERENCE.matcher(text).results().map(found -> found.group(1)))
                    .isNotEmpty()
                    .allSatisfy(target ->
                            assertThat(get(target).statusCode()).as(target).isEqualTo(200));
        }
        assertThat(header(get("/page/dom.js"), "Content-Type")).startsWith("text/javascript");
        assertThat(header(get("/page/page.css"), "Content-Type")).startsWith("text/css");
    }

    @Test
    void allowsABrowserNoScriptButItsOwnFiles() throws IOException {
        for (String path : List.of("/", "/deliveries/some", "/queues", "/sources", "/dead-letters", "/page/dom.js")) {
            HttpResponse<String> page = get(path);
            assertThat(header(page, "Content-Security-Policy"))
                    .as(path)
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe", "*", "data:");
            assertThat(header(page, "X-Content-Type-Options")).as(path).isEqualTo("nosniff");
        }
        for (Path file : files(".html")) {
            assertThat(Files.readString(file))
                    .as(file.toString())
                    .doesNotContainPattern("<script(?! type=\"module\" src=\"/page/\\w+\\.js\"></script>)")
                    .doesNotContainPattern("<style|style=|\\son\\w+=|https?://");
        }
        for (Path file : files(".js")) {
            assertThat(Files.readString(file))
                    .as("what came from outside must become text: " + file)
                    .doesNotContainPattern("(?i)innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(");
        }
    }

    @Test
    void saysToABrowserWhatIsNotThere() throws Exception {
        HttpResponse<String> page = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/no-such-page"))
                        .header("Accept", "text/html")
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("There is nothing here", "href=\"/\"", "lang=\"en\"");
        assertThat(header(page, "Content-Security-Policy")).contains("default-src 'none'");
    }

    @Test
    void findsADeliveryByPullRequestCommitAndKey() {
        var pullRequest = pullRequest("flow", false);
        var delivery = pullRequest.opens();
        JsonNode story = delivery.isEventually("filtered", "no-package-config");
        String project = "project=github.com/" + pullRequest.repository();
        String commit = pullRequest.head();

        for (String search : List.of(
                project + "&pullRequest=" + pullRequest.number(),
                "project=GitHub.com/" + pullRequest.repository().toUpperCase(Locale.ROOT),
                "commit=" + commit,
                "commit=" + commit.substring(0, 8),
                "key=" + story.path("key").asText())) {
            assertThat(api.get("/api/deliveries?" + search).json().findValuesAsText("id"))
                    .as(search)
                    .contains(delivery.id());
        }
        assertThat(api.get("/api/deliveries?" + project + "&pullRequest=999999").json())
                .isEmpty();
        assertThat(api.get("/api/deliveries?" + project + "&before=" + delivery.id())
                        .json())
                .isEmpty();
    }

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(FILES)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private HttpResponse<String> get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
