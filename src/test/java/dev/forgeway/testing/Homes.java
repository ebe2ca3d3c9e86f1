package dev.forgeway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.event.Project;
import dev.forgeway.forge.Forge;

/** What is at the site of a forge, and what is not. */
public final class Homes {

    private Homes() {}

    /** The forge is home of the projects at its own port of {@code localhost}, and of no others. */
    public static void isOfProjectsAt(Forge forge, int port) {
        assertThat(forge.isHomeOf(project("http://LOCALHOST:" + port))).isTrue();
        assertThat(forge.isHomeOf(project("https://localhost"))).isFalse();
        assertThat(forge.isHomeOf(project("http://elsewhere.test:" + port))).isFalse();
    }

    private static Project project(String site) {
        return Project.at(site + "/o/r", null, null).orElseThrow();
    }
}
