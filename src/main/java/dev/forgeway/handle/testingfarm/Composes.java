package dev.forgeway.handle.testingfarm;

import dev.forgeway.config.Settings;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Which compose a distribution is tested on (https://api.testing-farm.io/v0.1/composes): what is configured for it, or
 * its name as Testing Farm writes it. A name with capitals is that of a compose already.
 */
@Component
class Composes {

    private static final Map<String, String> SPELLING =
            Map.of("centos", "CentOS", "rhel", "RHEL", "oraclelinux", "Oracle-Linux", "latest", "latest", "eln", "ELN");

    private final Map<String, String> configured;

    Composes(Settings settings) {
        this.configured = settings.service().testingFarm().composes();
    }

    /** @param distro for example {@code fedora-rawhide} */
    String of(String distro) {
        String known = configured.get(distro);
        if (known != null) {
            return known;
        }
        return distro.chars().anyMatch(Character::isUpperCase)
                ? distro
                : Arrays.stream(distro.split("-")).map(Composes::spelt).collect(Collectors.joining("-"));
    }

    private static String spelt(String word) {
        String capital = word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
        return SPELLING.getOrDefault(word, capital);
    }
}
