package dev.forgeway.service.koji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.service.http.HttpTimeouts;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.simulator.Faults;
import dev.forgeway.simulator.KojiSimulator;
import dev.forgeway.simulator.Response;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpKojiTest {

    private static final String HUB = "POST /kojihub";
    private static final Instant BEFORE = Instant.EPOCH;

    private final KojiSimulator simulator = new KojiSimulator(null);
    private final HttpKoji koji = new HttpKoji(
            new KojiSettings(URI.create(simulator.hubUrl()), URI.create("https://koji.example.org/koji")),
            new ServiceHttp(HttpTimeouts.DEFAULT, new SimpleMeterRegistry(), Clock.systemUTC()),
            new ServiceHttp(HttpTimeouts.FILES, new SimpleMeterRegistry(), Clock.systemUTC()));

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        simulator.close();
    }

    private static Response fault(int code, String text) {
        return new Response(200, Map.of("Content-Type", "text/xml"), """
                <methodResponse><fault><value><struct>
                <member><name>faultCode</name><value><int>%d</int></value></member>
                <member><name>faultString</name><value><string>%s</string></value></member>
                </struct></value></fault></methodResponse>""".formatted(code, text));
    }

    private KojiTask started() {
        return koji.build("forgeway/j1/hello-2.0-1.src.rpm", "rawhide", true);
    }

    @Test
    void uploadsLargeFilesInPartsAndOverOldOnes() throws IOException {
        String content = "0123456789abcdef".repeat(150_000);
        Path file = Files.writeString(folder.resolve("hello-2.0-1.src.rpm"), content);

        koji.upload(file, "forgeway/j1");
        String source = koji.upload(file, "forgeway/j1");

        assertThat(source).isEqualTo("forgeway/j1/hello-2.0-1.src.rpm");
        assertThat(simulator.upload(source)).isEqualTo(content);
        assertThat(simulator.calls(HUB + "?filepath")).hasSize(6);
    }

    @Test
    void distrustsAnUploadWithAnotherSum() throws IOException {
        Path file = Files.writeString(folder.resolve("hello-2.0-1.src.rpm"), "bytes");
        koji.upload(file, "forgeway/j1");
        simulator.faults().answer(HUB + "?filepath", 1, new Response(200, Map.of("Content-Type", "text/xml"), """
                        <methodResponse><params><param><value><struct>
                        <member><name>size</name><value><int>5</int></value></member>
                        <member><name>hexdigest</name><value>00000000</value></member>
                        </struct></value></param></params></methodResponse>"""));

        assertThatThrownBy(() -> koji.upload(file, "forgeway/j1"))
                .isInstanceOf(TransientException.class)
                .hasMessageContaining("other bytes");
    }

    @Test
    void startsAndFindsAScratchBuild() {
        KojiTask task = started();

        assertThat(task.url()).isEqualTo("https://koji.example.org/koji/taskinfo?taskID=" + task.id());
        assertThat(simulator.tasks()).singleElement().satisfies(made -> {
            assertThat(made.target()).isEqualTo("rawhide");
            assertThat(made.scratch()).isTrue();
        });
        assertThat(koji.findBySource("forgeway/j1/", "rawhide", BEFORE)).contains(task);
        assertThat(koji.findBySource("forgeway/j1/", "f44", BEFORE)).isEmpty();
        assertThat(koji.find(task.id())).contains(task);
        assertThat(koji.find("17")).isEmpty();
        assertThat(koji.find("no number")).isEmpty();
    }

    @Test
    void findsNeitherWhatIsOlderNorWhatSomebodyElseBuilds() {
        started();
        Instant created = simulator.tasks().get(0).created();
        String other = simulator
                .buildOfSomebodyElse("forgeway/j2/hello-2.0-1.src.rpm", "rawhide")
                .source();

        assertThat(koji.findBySource("forgeway/j1/", "rawhide", created)).isPresent();
        assertThat(koji.findBySource("forgeway/j1/", "rawhide", created.plusSeconds(1)))
                .isEmpty();
        assertThat(koji.findBySource(other, "rawhide", BEFORE)).isEmpty();
    }

    @Test
    void cancelsWhatHasNotEnded() {
        KojiTask open = started();
        KojiTask closed = started();
        simulator.move(Long.parseLong(closed.id()), "CLOSED");

        assertThat(koji.cancel(open.id())).isTrue();
        assertThat(koji.cancel(open.id())).as("once more").isTrue();
        assertThat(koji.cancel(closed.id())).isFalse();

        assertThat(koji.find(open.id()).map(KojiTask::state)).contains("canceled");
    }

    @Test
    void logsInOnceAndAgainWhenTheSessionIsOver() {
        started();
        started();
        assertThat(simulator.calls(HUB + "/ssllogin")).hasSize(1);

        simulator.expireSessions();
        started();

        assertThat(simulator.calls(HUB + "/ssllogin")).hasSize(2);
        assertThat(simulator.tasks()).hasSize(3);
    }

    @Test
    void putsTheSessionIntoNoAddress() {
        started();

        assertThat(simulator.calls())
                .allSatisfy(call -> assertThat(call.target()).doesNotContain("session"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1003, 1004, 1005, 1010, 1019})
    void tellsTheUserWhatKojiRefuses(int code) {
        started();
        simulator.faults().answer(HUB, 1, fault(code, "Invalid build target: f1"));

        assertThatThrownBy(this::started)
                .isInstanceOf(UserErrorException.class)
                .hasMessage("Koji refused: Invalid build target: f1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1001, 1002, 1006, 1007, 1008, 1009, 1014, 1023, 4711})
    void triesAgainWhatMayPass(int code) {
        started();
        simulator.faults().answer(HUB, Faults.ALWAYS, fault(code, "not now"));

        assertThatThrownBy(this::started).isInstanceOf(TransientException.class).hasMessageContaining("not now");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no XML",
                "<methodResponse/>",
                "<methodResponse><params><param><value><int>many</int></value></param></params></methodResponse>",
                "<!DOCTYPE m [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>"
                        + "<methodResponse><params><param><value>&e;</value></param></params></methodResponse>"
            })
    void triesAgainAfterAnAnswerThatIsNone(String body) {
        simulator.faults().answer(HUB, Faults.ALWAYS, new Response(200, Map.of("Content-Type", "text/xml"), body));

        assertThatThrownBy(this::started).isInstanceOf(TransientException.class);
    }

    @Test
    void asksTheOperatorWhenTheLoginIsRefused() {
        simulator.faults().answer(HUB + "/ssllogin", 1, Response.html(403, "<h1>Forbidden</h1>"));

        assertThatThrownBy(this::started).isInstanceOf(TransientException.class);
    }
}
