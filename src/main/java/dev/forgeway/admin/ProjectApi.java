package dev.forgeway.admin;

import dev.forgeway.error.Reason;
import dev.forgeway.store.AllowlistStore;
import dev.forgeway.store.ConfigSighting;
import dev.forgeway.store.DeliveryQuery;
import dev.forgeway.store.DeliveryStore;
import dev.forgeway.store.KnownProject;
import dev.forgeway.store.Pause;
import dev.forgeway.store.PauseStore;
import dev.forgeway.store.ProjectStore;
import dev.forgeway.store.StoredDelivery;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is known of projects, and why nothing happens in one. Everything throws {@link Problem}. */
@Component
public class ProjectApi {

    private static final int DELIVERIES = 10;

    private static final String UNKNOWN = "unknown";

    private final ProjectStore projects;
    private final DeliveryStore deliveries;
    private final AllowlistStore allowlist;
    private final InstallationApi installations;
    private final PauseStore pauses;
    private final AdminApi api;

    public ProjectApi(
            ProjectStore projects,
            DeliveryStore deliveries,
            AllowlistStore allowlist,
            InstallationApi installations,
            PauseStore pauses,
            AdminApi api) {
        this.projects = projects;
        this.deliveries = deliveries;
        this.allowlist = allowlist;
        this.installations = installations;
        this.pauses = pauses;
        this.api = api;
    }

    /**
     * The projects whose package config was looked for last, by {@code config} (its state), {@code before} (when the last
     * one of the page before was seen) and {@code limit}.
     */
    public List<ProjectView> projects(Reader reader, Map<String, String> parameters) {
        String state = parameters.get("config");
        return projects
                .search(
                        state == null ? null : AdminApi.oneOf(ConfigSighting.State.class, state),
                        AdminApi.time(parameters, "before"),
                        reader == Reader.OPERATOR,
                        AdminApi.limit(parameters))
                .stream()
                .map(ProjectView::brief)
                .toList();
    }

    /**
     * All that matters about one project.
     *
     * @param asked {@code host/namespace/name}; the namespace is as deep as it is, or not there
     */
    public ProjectView project(Reader reader, String asked) {
        String key = projects.spelled(asked);
        @Nullable KnownProject known = projects.find(key).orElse(null);
        List<StoredDelivery> newest = deliveries.search(new DeliveryQuery(null, null, null, key, null, DELIVERIES));
        @Nullable InstallationView installation = installations.ofProject(key).orElse(null);
        boolean isKnown = known != null || !newest.isEmpty() || installation != null;
        if (!isKnown || api.isHidden(reader, key)) {
            // in the words that were asked: how it is spelled would tell that there is one
            throw Problem.notFound(
                    "no event of " + asked + " was ever received: is the app installed, or the hook set up?"
                            + hint(asked) + AdminApi.orPrivate(reader));
        }
        String status = status(key);
        return new ProjectView(
                key,
                known == null ? null : ProjectView.config(known),
                known == null ? null : ProjectView.absence(known),
                status,
                installation,
                why(key, status, pause(key), known, installation, newest),
                newest.stream()
                        .map(delivery -> DeliveryView.brief(delivery, reader))
                        .toList());
    }

    private @Nullable Pause pause(String key) {
        return pauses.all().stream()
                .filter(pause -> pause.isOf(Pause.Kind.PROJECT, key))
                .findFirst()
                .orElse(null);
    }

    /** What people leave out. */
    private static String hint(String key) {
        int dot = key.indexOf('.');
        return dot < 0 || dot > key.indexOf('/')
                ? " A project is named with its host, as in github.com/packit/hello"
                : "";
    }

    private String status(String key) {
        int host = key.indexOf('/');
        int namespace = key.lastIndexOf('/');
        return host < 0
                ? UNKNOWN
                : allowlist
                        .status(
                                key.substring(0, host),
                                host == namespace ? "" : key.substring(host + 1, namespace),
                                key.substring(namespace + 1))
                        .orElse(UNKNOWN);
    }

    private static String why(
            String key,
            String status,
            @Nullable Pause pause,
            @Nullable KnownProject known,
            @Nullable InstallationView installation,
            List<StoredDelivery> newest) {
        if (installation != null && !installation.state().equals(InstallationView.ACTIVE)) {
            return "GitHub tells nothing of it: the App's installation on " + installation.account() + " was "
                    + installation.state() + ".";
        }
        if (!status.startsWith("approved")) {
            return "Its events are dropped: " + key + " is " + status + " on the allowlist." + alsoBecause(newest);
        }
        if (pause != null) {
            return "Its new jobs wait: the " + pause.told() + ".";
        }
        if (known == null && newest.isEmpty()) {
            return "No event of it is known: GitHub tells only of the repositories that the App's installation on "
                    + "its account is for, and may have had nothing to tell yet.";
        }
        if (known != null && known.configState() == ConfigSighting.State.ABSENT) {
            return "Its last event found no package config at " + known.configCommit() + ".";
        }
        if (known != null && known.configState() == ConfigSighting.State.INVALID) {
            return "Its package config is invalid: " + known.configDetail();
        }
        return newest.stream()
                .findFirst()
                .map(ProjectApi::last)
                .orElse("Its package config is fine; there is no delivery any more that tells what became of it.");
    }

    /** What an approval alone would not change. */
    private static String alsoBecause(List<StoredDelivery> newest) {
        return newest.stream()
                .findFirst()
                .filter(delivery -> delivery.reason() == Reason.PRIVATE_REPOSITORY
                        || delivery.reason() == Reason.REPOSITORY_NOT_FOUND)
                .map(delivery -> " " + last(delivery))
                .orElse("");
    }

    private static String last(StoredDelivery delivery) {
        String reason = delivery.reason() == null
                ? ""
                : ", because: " + delivery.reason().wireName();
        String detail = delivery.detail() == null ? "" : " (" + delivery.detail() + ")";
        return "Its last event was " + delivery.outcome().wireName() + reason + detail + ".";
    }
}
