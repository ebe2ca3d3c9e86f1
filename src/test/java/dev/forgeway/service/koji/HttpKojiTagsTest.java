package dev.forgeway.service.koji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.service.http.HttpTimeouts;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.simulator.KojiSimulator;
import dev.forgeway.simulator.Response;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpKojiTagsTest {

    private static final String HUB = "POST /kojihub ";
    private static final String SOURCE = "git+https://src.example.org/rpms/hello.git#c0ffee";

    private final KojiSimulator simulator = new KojiSimulator(null);
    private final ServiceHttp http =
            new ServiceHttp(HttpTimeouts.DEFAULT, new SimpleMeterRegistry(), Clock.systemUTC());
    private final KojiSettings settings =
            new KojiSettings(URI.create(simulator.hubUrl()), URI.create("https://koji.example.org/koji"));
    private final KojiTags tags = new HttpKojiTags(settings, http);
    private final Koji koji = new HttpKoji(settings, http, http);

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void makesSideTagsOfWhatATargetBuildsWithAndListsThem() {
        KojiTags.SideTag first = tags.createSideTag("f45-candidate");
        KojiTags.SideTag second = tags.createSideTag("f45-candidate");
        tags.createSideTag("rawhide");

        assertThat(first.name()).isEqualTo("f45-build-side-" + first.id());
        assertThat(second.id()).isGreaterThan(first.id());
        assertThat(tags.sideTags("f45-candidate")).containsExactly(first, second);
        assertThat(tags.exists(first.name())).isTrue();
        simulator.removeSideTag(first.name());
        assertThat(tags.exists(first.name())).isFalse();
    }

    @Test
    void knowsNoSideTagOfAnUnknownTarget() {
        assertThatThrownBy(() -> tags.createSideTag("f1-candidate"))
                .isInstanceOf(UserErrorException.class)
                .hasMessage("Koji has no target f1-candidate");
    }

    @Test
    void listsWhatWasBuiltInASideTagAndFromWhat() {
        String tag = tags.createSideTag("f45-candidate").name();
        assertThat(tags.builds(tag)).isEmpty();
        KojiTask task = koji.build(SOURCE, tag, false);
        simulator.move(Long.parseLong(task.id()), "CLOSED");

        String nvr = "hello-1.0-" + task.id();
        assertThat(tags.builds(tag)).containsExactly(Map.entry("hello", nvr));
        assertThat(tags.sourceOf(nvr)).contains(SOURCE);
        assertThat(tags.sourceOf("hello-0.1-1")).isEmpty();
    }

    @Test
    void findsTheTaskThatIsAboutToTagABuild() {
        String tag = tags.createSideTag("f45-candidate").name();
        String nvr = "hello-0.9-1.fc45";
        simulator.tagged("f45-updates", "hello", nvr).tagged("f45-updates", "other", "other-1-1");
        simulator.taggings().hold();
        assertThat(tags.findTagging(tag, nvr)).isEmpty();

        KojiTask task = tags.tagBuild(tag, nvr);

        assertThat(tags.findTagging(tag, nvr)).contains(task);
        assertThat(tags.findTagging(tag, "other-1-1")).isEmpty();
        assertThat(tags.findTagging("f45-updates", nvr)).isEmpty();
        assertThat(tags.builds(tag)).isEmpty();
        simulator.taggings().release();
        assertThat(tags.findTagging(tag, nvr)).isEmpty();
        assertThat(tags.builds(tag)).containsExactly(Map.entry("hello", nvr));
    }

    @Test
    void passesOnWhatKojiRefuses() {
        simulator.faults().answer(HUB + "createSideTag", 1, new Response(200, Map.of("Content-Type", "text/xml"), """
                <methodResponse><fault><value><struct>
                <member><name>faultCode</name><value><int>1004</int></value></member>
                <member><name>faultString</name><value><string>policy violation (sidetag)</string></value></member>
                </struct></value></fault></methodResponse>"""));

        assertThatThrownBy(() -> tags.createSideTag("rawhide"))
                .isInstanceOf(UserErrorException.class)
                .hasMessage("Koji refused: policy violation (sidetag)");
    }

    @Test
    void triesAgainWhenTheAnswerHasNoName() {
        simulator.faults().answer(HUB + "createSideTag", 1, new Response(200, Map.of("Content-Type", "text/xml"), """
                <methodResponse><params><param><value><nil/></value></param></params></methodResponse>"""));

        assertThatThrownBy(() -> tags.createSideTag("rawhide")).isInstanceOf(TransientException.class);
    }

    @Test
    void findsTheNewestReleasedBuildAndTagsIt() {
        String tag = tags.createSideTag("f45-candidate").name();
        assertThat(tags.newestReleased("f45-candidate", "hello")).isEmpty();
        simulator.tagged("f45", "hello", "hello-1.0-1.fc45");
        assertThat(tags.newestReleased("f45-candidate", "hello")).contains("hello-1.0-1.fc45");
        simulator.tagged("f45-updates", "hello", "hello-1.1-1.fc45");
        simulator.tagged("f45-updates-candidate", "hello", "hello-2.0-1.fc45");

        String nvr = tags.newestReleased("f45-candidate", "hello").orElseThrow();
        assertThat(nvr).isEqualTo("hello-1.1-1.fc45");
        KojiTask task = tags.tagBuild(tag, nvr);

        assertThat(task.url()).isEqualTo("https://koji.example.org/koji/taskinfo?taskID=" + task.id());
        assertThat(tags.builds(tag)).containsExactly(Map.entry("hello", nvr));
        assertThat(tags.tagsOf(nvr)).containsExactlyInAnyOrder("f45-updates", tag);
        tags.removeSideTag(tag);
        tags.removeSideTag(tag);
        assertThat(tags.exists(tag)).isFalse();
    }
}
