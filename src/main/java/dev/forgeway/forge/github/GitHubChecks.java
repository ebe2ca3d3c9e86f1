package dev.forgeway.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.forge.Check;
import dev.forgeway.forge.CheckState;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.Texts;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/** Checks as GitHub's check runs (https://docs.github.com/en/rest/checks/runs), found again by {@code external_id}. */
final class GitHubChecks {

    private static final String PERMISSION = "Checks: write";
    private static final int LONGEST_TITLE = 255;
    private static final int LONGEST_SUMMARY = 65_535;
    private static final int PAGE = 100;

    /** GitHub keeps at most 1000 runs of one name; ours is among the newest. */
    private static final int MOST_PAGES = 3;

    private final GitHubApi api;

    GitHubChecks(GitHubApi api) {
        this.api = api;
    }

    /** @throws dev.forgeway.forge.CheckRefusedException without the permission */
    String put(Target target, String commit, String key, Check check, @Nullable String externalId, boolean search) {
        try {
            String known = externalId != null || !search
                    ? externalId
                    : find(target, commit, key, check.name()).orElse(null);
            ObjectNode run = run(key, check);
            return known == null
                    ? create(target, commit, run)
                    : update(target, known, run).orElseGet(() -> create(target, commit, run));
        } catch (ServiceRefusedException e) {
            throw GitHubRefusals.ofCheck(e, PERMISSION);
        }
    }

    private String create(Target target, String commit, ObjectNode run) {
        ObjectNode body = run.deepCopy().put("head_sha", commit);
        return GitHubApi.id(
                api.send(target, "check-create", HttpMethod.POST, api.repository(target, "check-runs"), body));
    }

    /** Empty when GitHub does not know the run or no longer lets it change. */
    private Optional<String> update(Target target, String id, ObjectNode run) {
        try {
            ServiceUri uri = api.repository(target, "check-runs", id);
            return Optional.of(GitHubApi.id(api.send(target, "check-update", HttpMethod.PATCH, uri, run)));
        } catch (ServiceRefusedException e) {
            if (e.status() == 404 || e.status() == 422) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<String> find(Target target, String commit, String key, String name) {
        for (int page = 1; page <= MOST_PAGES; page++) {
            ServiceUri uri = api.repository(target, "commits", commit, "check-runs")
                    .query("check_name", name)
                    .query("filter", "all")
                    .query("per_page", PAGE)
                    .query("page", page);
            JsonNode runs = api.get(target, "check-find", uri).body().path("check_runs");
            for (JsonNode run : runs) {
                if (key.equals(run.path("external_id").asText())) {
                    return Optional.of(GitHubApi.id(run));
                }
            }
            if (runs.size() < PAGE) {
                break;
            }
        }
        return Optional.empty();
    }

    private static ObjectNode run(String key, Check check) {
        ObjectNode run = JsonNodeFactory.instance.objectNode();
        run.put("name", check.name()).put("external_id", key).put("status", status(check.state()));
        if (check.state().isFinal()) {
            run.put("conclusion", conclusion(check.state()));
        }
        check.webAddress().ifPresent(details -> run.put("details_url", details));
        String summary = check.summary();
        run.putObject("output")
                .put("title", Texts.cut(check.title(), LONGEST_TITLE))
                .put("summary", Texts.cut(summary == null ? check.title() : summary, LONGEST_SUMMARY));
        return run;
    }

    private static String status(CheckState state) {
        return switch (state) {
            case PENDING -> "queued";
            case RUNNING -> "in_progress";
            default -> "completed";
        };
    }

    private static String conclusion(CheckState state) {
        return switch (state) {
            case SUCCESS -> "success";
            case NEUTRAL -> "neutral";
            case CANCELED -> "cancelled";
            default -> "failure";
        };
    }
}
