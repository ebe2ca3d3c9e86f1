package dev.forgeway.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;

/** Every search that the page and the API offer, of what bench/sql/million.sql stores. */
final class Searches {

    private static final String DELIVERIES = "/api/deliveries?limit=50";
    private static final String JOBS = "/api/jobs?limit=50";
    private static final String LARGE = "github.com/group0/project0";
    private static final String SILENT = "github.com/gone/hello";
    private static final String UNKNOWN = "github.com/nobody/nothing";
    private static final String PRIVATE = " (select key_name from private_project)";
    private static final int EXAMPLES = 20;

    private final JdbcTemplate jdbc;
    private final List<Search> all = new ArrayList<>();

    Searches(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    List<Search> all() {
        deliveries();
        ofProjects();
        ofKeys();
        oldPages();
        jobs();
        rest();
        return all;
    }

    private void deliveries() {
        add("newest deliveries", DELIVERIES);
        for (String outcome : List.of("queued", "ignored", "duplicate", "filtered", "dispatched", "parked")) {
            add("outcome " + outcome, DELIVERIES + "&outcome=" + outcome);
        }
        add("source github", DELIVERIES + "&source=github");
        add("source forgejo (few)", DELIVERIES + "&source=forgejo");
        add(
                "source and outcome",
                DELIVERIES + "&source=gitlab&outcome=parked",
                DELIVERIES + "&source=forgejo&outcome=duplicate");
    }

    private void ofProjects() {
        add("project, the largest", DELIVERIES + "&project=" + LARGE);
        add("project, any", small(DELIVERIES + "&project="));
        add("project, silent for months", DELIVERIES + "&project=" + SILENT);
        add("project, unknown", DELIVERIES + "&project=" + UNKNOWN);
        add(
                "project and outcome",
                DELIVERIES + "&outcome=parked&project=" + LARGE,
                DELIVERIES + "&outcome=queued&project=" + LARGE,
                DELIVERIES + "&outcome=filtered&project=" + SILENT);
        add(
                "pull request of the largest project",
                IntStream.rangeClosed(1, EXAMPLES)
                        .mapToObj(number -> DELIVERIES + "&project=" + LARGE + "&pullRequest=" + number * 13)
                        .toArray(String[]::new));
        add("pull request, unknown", DELIVERIES + "&pullRequest=999999&project=" + LARGE);
        add("view of a project", small("/api/projects/"));
        add("view of the largest project", "/api/projects/" + LARGE);
        add("deliveries of the largest project in capitals", DELIVERIES + "&project=" + LARGE.toUpperCase(Locale.ROOT));
        all.add(Search.missing("view of an unknown project", "/api/projects/" + UNKNOWN));
    }

    private void ofKeys() {
        List<String> commits = column("commit_id");
        add("commit", paths(DELIVERIES + "&commit=", commits));
        add(
                "seven digits of a commit",
                paths(
                        DELIVERIES + "&commit=",
                        commits.stream().map(commit -> commit.substring(0, 7)).toList()));
        add("commit, unknown", DELIVERIES + "&commit=0000000000000000000000000000000000000000");
        List<String> keys = column("delivery_key");
        add("key of the sender", paths(DELIVERIES + "&key=", keys));
        add("key and source", paths(DELIVERIES + "&source=github&key=", keys));
        add("key, unknown", DELIVERIES + "&key=nothing");
        add("a delivery with its story", paths("/api/deliveries/", column("id")));
        all.add(Search.missing("a delivery, unknown", "/api/deliveries/nothing"));
    }

    private void oldPages() {
        List<String> ids = column("id");
        add("older deliveries, any page", paths(DELIVERIES + "&before=", ids));
        add("older deliveries of an outcome", paths(DELIVERIES + "&outcome=filtered&before=", ids));
        add("older deliveries of the largest project", paths(DELIVERIES + "&project=" + LARGE + "&before=", ids));
        add("older deliveries of a source", paths(DELIVERIES + "&source=gitlab&before=", ids));
    }

    private void jobs() {
        add("newest jobs", JOBS);
        add("jobs of a handler", JOBS + "&handler=copr-build");
        add("jobs of a handler (few)", JOBS + "&handler=sync-from-downstream");
        add("jobs of a handler (none)", JOBS + "&handler=nothing");
        for (String state : List.of("queued", "waiting", "done")) {
            add("jobs that are " + state, JOBS + "&state=" + state);
        }
        add("jobs that failed", JOBS + "&outcome=failed");
        add("jobs that ended in an error", JOBS + "&outcome=error");
        add(
                "jobs of a handler by outcome",
                JOBS + "&handler=help&outcome=error",
                JOBS + "&handler=tests&outcome=canceled");
        add("jobs of the largest project", JOBS + "&project=" + LARGE);
        add("jobs of any project", small(JOBS + "&project="));
        add("jobs of a project silent for months", JOBS + "&project=" + SILENT);
        add("jobs of the largest project by outcome", JOBS + "&outcome=error&project=" + LARGE);
        add(
                "jobs of the largest project by handler",
                JOBS + "&handler=sync-from-downstream&project=" + LARGE,
                JOBS + "&handler=help&project=" + LARGE);
        add(
                "a job",
                paths(
                        "/api/jobs/",
                        jdbc.queryForList(
                                "select id from job tablesample system (0.1) where project not in" + PRIVATE + " limit "
                                        + EXAMPLES,
                                String.class)));
    }

    private void rest() {
        add("dead letters", "/api/dead-letters");
        add("dead letters of a project", "/api/dead-letters?project=" + LARGE, "/api/dead-letters?project=" + SILENT);
        add(
                "dead letters of a handler",
                "/api/dead-letters?handler=tests",
                "/api/dead-letters?handler=sync-from-downstream");
        add("dead letters by reason", "/api/dead-letters?reason=attempts-exhausted", "/api/dead-letters?reason=defect");
        add("dead letters by source", "/api/dead-letters?source=github", "/api/dead-letters?source=forgejo");
        add("dead letters by age", "/api/dead-letters?olderThan=60d", "/api/dead-letters?youngerThan=1h");
        add("what people did", "/api/actions");
        add("projects", "/api/projects");
        add("projects without a config", "/api/projects?config=absent");
        add(
                "installations",
                "/api/installations",
                "/api/installations?state=removed",
                "/api/installations?retired=true");
        add("allowlist", "/api/allowlist");
        add("queues", "/api/queues");
        add("gaps", "/api/gaps");
    }

    private void add(String name, String... paths) {
        all.add(Search.of(name, paths));
    }

    private static String[] small(String start) {
        return IntStream.range(0, EXAMPLES)
                .map(i -> 100 + i * 50)
                .mapToObj(number -> start + "github.com/group" + number % 700 + "/project" + number)
                .toArray(String[]::new);
    }

    private static String[] paths(String start, List<String> values) {
        return values.stream().map(value -> start + value).toArray(String[]::new);
    }

    /** Some of all times, of projects that everybody may read about. */
    private List<String> column(String name) {
        String sql = "select " + name + " from delivery tablesample system (0.5)"
                + " where outcome = 'dispatched' and commit_id is not null and project not in" + PRIVATE
                + " order by random() limit " + EXAMPLES;
        return jdbc.queryForList(sql, String.class);
    }
}
