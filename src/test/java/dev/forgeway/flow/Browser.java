package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The Chromium of the system, in which a person reads and does something, driven by <a href="https://playwright.dev/java/">Playwright</a>. */
final class Browser {

    /** What a person holds. */
    enum Device {
        DESKTOP(1200, 900, ColorScheme.LIGHT),
        PHONE_AT_NIGHT(400, 800, ColorScheme.DARK);

        private final int width;
        private final int height;
        private final ColorScheme colors;

        Device(int width, int height, ColorScheme colors) {
            this.width = width;
            this.height = height;
            this.colors = colors;
        }
    }

    private static final List<Path> PLACES = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));

    /** The source of <a href="https://www.deque.com/axe/core-documentation/api-documentation/">axe</a>. */
    private static final String AXE = resource("/axe.min.js");

    private static final String VIOLATIONS =
            "axe.run().then(told => told.violations.map(rule => rule.id + ': ' + rule.nodes.map(node => node.html).join(', ')))";

    private static final double PATIENCE_MILLIS = 30_000;

    private static final class Only {
        private static final Browser BROWSER = new Browser();
    }

    private final com.microsoft.playwright.Browser chromium;
    private final List<String> complaints = new ArrayList<>();

    private Browser() {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(found().orElseThrow())
                        .setArgs(List.of("--no-sandbox")));
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
    }

    /** The one of this process, which ends with it: to unpack and start it takes longer than most stories. */
    static Browser get() {
        return Only.BROWSER;
    }

    /** Where there is one. */
    static Optional<Path> found() {
        return PLACES.stream().filter(Files::isExecutable).findFirst();
    }

    /** A person who opens an address reads all of these words there; nobody does where there is no Chromium. */
    static void shows(String url, String... words) {
        if (found().isPresent()) {
            Browser browser = get();
            try {
                browser.reads(browser.open(url), words);
            } finally {
                browser.closePages();
            }
        }
    }

    /** A page asks as long as it is open. */
    void closePages() {
        List.copyOf(chromium.contexts()).forEach(BrowserContext::close);
        complaints.clear();
    }

    /** Opens an address on a desktop, in light colours. */
    Page open(String url) {
        return open(url, Device.DESKTOP);
    }

    /** Opens an address; what is wrong in the eyes of the browser is remembered. */
    Page open(String url, Device device) {
        Page page = empty(device);
        page.navigate(url);
        return page;
    }

    /** Opens an address as a browser does that runs no scripts. */
    Page openWithoutScripts(String url) {
        Page page = page(options(Device.DESKTOP).setJavaScriptEnabled(false));
        page.navigate(url);
        return page;
    }

    /** A page that shows nothing yet. */
    Page empty(Device device) {
        return page(options(device));
    }

    private static com.microsoft.playwright.Browser.NewContextOptions options(Device device) {
        return new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(device.width, device.height)
                .setColorScheme(device.colors)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setLocale("en-GB");
    }

    private Page page(com.microsoft.playwright.Browser.NewContextOptions options) {
        BrowserContext context = chromium.newContext(options);
        context.setDefaultTimeout(PATIENCE_MILLIS);
        Page page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            // an answer that is no success is told to the person
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        return page;
    }

    /**
     * What a person reads, once it has all of these words; and nothing keeps somebody else from reading it
     * (<a href="https://www.w3.org/TR/WCAG22/">WCAG 2.2</a>, as far as axe can tell).
     */
    void reads(Page page, String... words) {
        for (String word : words) {
            page.getByText(word).first().waitFor();
        }
        assertThat(complaints).as("complaints of the browser").isEmpty();
        page.evaluate(AXE);
        assertThat((List<?>) page.evaluate(VIOLATIONS))
                .as("what keeps people from reading " + page.url())
                .isEmpty();
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .as("nothing is cut off at the side")
                .isTrue();
    }

    private static String resource(String name) {
        try (InputStream found = Objects.requireNonNull(Browser.class.getResourceAsStream(name), name)) {
            return new String(found.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
