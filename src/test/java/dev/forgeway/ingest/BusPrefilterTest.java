package dev.forgeway.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.config.Settings;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusPrefilterTest {

    private static final String FEDORA = "org.fedoraproject.prod.";

    private final BusPrefilter prefilter = new BusPrefilter(
            Senders.settings("ingest.fedora-messaging.owners", "packit,packit-stg", "service.copr.owner", "@builders"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "copr.build.start | {\"user\":\"packit\",\"owner\":\"ada\"}",
                "copr.build.end | {\"user\":\"ada\",\"owner\":\"packit-stg\"}",
                "copr.build.end | {\"user\":\"ada\",\"owner\":\"@builders\"}",
                "copr.build.end | {\"topic\":\"x\",\"body\":{\"msg\":{\"owner\":\"packit\"}}}",
                "buildsys.task.state.change | {\"owner\":\"packit\"}",
                "buildsys.build.state.change | {\"owner\":\"ada\",\"task\":{\"method\":\"build\"}}",
                "buildsys.build.state.change | {\"owner\":\"ada\",\"task\":null}",
                "buildsys.tag | {\"tag\":\"f44-build-side-1\"}",
                "pagure.git.receive | {\"changed_files\":{\"sources\":\"M\",\"hello.spec\":\"A\"}}",
                "pagure.pull-request.flag.added | {\"pullrequest\":{\"user\":{\"name\":\"packit\"}}}",
                "pagure.pull-request.closed | {\"pullrequest\":{\"merged\":true}}",
                "pagure.pull-request.comment.added | {}",
                "hotness.update.bug.file | {}",
                "openscanhub.task.finished | {}",
                "logdetective.analysis | {}",
                "forgejo.issue_comment | {}",
                "forgejo.action_run_failure | {}",
                "anitya.project.version.update.v2 | {\"message\":{\"packages\":[{\"distro\":\"A\"},{\"distro\":\"CentOS\"}]}}",
            })
    void wants(String topic, String body) {
        assertThat(prefilter.wants(FEDORA + topic, bytes(body))).isTrue();
        assertThat(prefilter.wants(topic, bytes(body))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "copr.build.end | {\"user\":\"ada\",\"owner\":\"bob\"}",
                "copr.build.end | {\"topic\":\"x\",\"body\":{\"owner\":\"bob\",\"user\":\"ada\"}}",
                "copr.chroot.end | {\"user\":\"packit\",\"owner\":\"packit\"}",
                "buildsys.task.state.change | {\"owner\":\"ada\",\"info\":{\"owner\":\"packit\"}}",
                "buildsys.build.state.change | {\"owner\":\"releng\",\"task\":{\"method\":\"build\"}}",
                "buildsys.build.state.change | {\"owner\":\"ada\",\"task\":{\"method\":\"image\"}}",
                "buildsys.tag | {\"tag\":\"f44-updates\"}",
                "buildsys.untag | {\"tag\":\"f44-build-side-1\"}",
                "pagure.git.receive | {\"changed_files\":{\"sources\":\"M\",\"spec\":\"hello.spec\"}}",
                "pagure.git.receive | {\"changed_files\":{}}",
                "pagure.pull-request.flag.updated | {\"pullrequest\":{\"user\":{\"name\":\"ada\"}}}",
                "pagure.pull-request.closed | {\"pullrequest\":{\"merged\":false}}",
                "pagure.pull-request.closed | {}",
                "pagure.project.new | {}",
                "xcopr.build.end | {\"owner\":\"packit\"}",
                "bodhi.update.comment | {}",
                "anitya.project.version.update.v2 | {\"message\":{\"packages\":[{\"distro\":\"Fedora\"}]}}",
                "anitya.project.version.update | {\"message\":{\"packages\":[{\"distro\":\"CentOS\"}]}}",
            })
    void letsGo(String topic, String body) {
        assertThat(prefilter.wants(FEDORA + topic, bytes(body))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "copr.build.end | {\"build\":1}",
                "copr.build.end | {\"owner\":\"bob\"",
                "buildsys.tag | []",
                "buildsys.tag | {\"name\":\"hello\"}",
                "pagure.git.receive | {\"changed_files\":{\"x\":",
                "pagure.pull-request.closed | no JSON at all",
                "anitya.project.version.update.v2 | {\"message\":{\"packages\":[\"x\"]}}",
            })
    void leavesToTheParserWhatLacksTheFieldOrIsNoJson(String topic, String body) {
        assertThat(prefilter.wants(FEDORA + topic, bytes(body))).isTrue();
    }

    @Test
    void takesItsRulesFromTheSettings() {
        Settings settings = Senders.settings(
                "ingest.fedora-messaging.filter.koji-methods", "image",
                "ingest.fedora-messaging.filter.ignored-owners", "bob",
                "ingest.fedora-messaging.filter.tags", "-candidate",
                "ingest.fedora-messaging.filter.changed-files", "sources",
                "ingest.fedora-messaging.filter.distributions", "Fedora");
        BusPrefilter other = new BusPrefilter(settings);

        assertThat(other.wants(
                        "buildsys.build.state.change", bytes("{\"owner\":\"releng\",\"task\":{\"method\":\"image\"}}")))
                .isTrue();
        assertThat(other.wants(
                        "buildsys.build.state.change", bytes("{\"owner\":\"bob\",\"task\":{\"method\":\"image\"}}")))
                .isFalse();
        assertThat(other.wants("buildsys.tag", bytes("{\"tag\":\"f44-candidate\"}")))
                .isTrue();
        assertThat(other.wants("git.receive", bytes("{\"changed_files\":{\"sources\":\"M\"}}")))
                .isTrue();
        assertThat(other.wants(
                        "anitya.project.version.update.v2",
                        bytes("{\"message\":{\"packages\":[{\"distro\":\"Fedora\"}]}}")))
                .isTrue();
        assertThat(other.wants("copr.build.end", bytes("{\"owner\":\"packit\"}")))
                .isFalse();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
