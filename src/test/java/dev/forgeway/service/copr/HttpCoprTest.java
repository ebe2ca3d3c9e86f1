package dev.forgeway.service.copr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.service.http.HttpTimeouts;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.StubService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpCoprTest {

    private static final String CREATE = "POST /api_3/build/create/custom";
    private static final String ADD = "POST /api_3/project/add/@packit";
    private static final String EDIT = "POST /api_3/project/edit/@packit/o-r-1";
    private static final String PROJECT = "GET /api_3/project";
    private static final String EDIT_CHROOT = "POST /api_3/project-chroot/edit/@packit/o-r-1/fedora-40-x86_64";
    private static final String LIST = "GET /api_3/build/list";
    private static final String NO_PROJECT = "{\"error\":\"Project @packit/o-r-1 does not exist.\"}";
    private static final String NO_CHROOT =
            "{\"error\":\"Bad request parameters: {'chroots': [\\\"'fedora-41-x86_64' is not a valid choice for this field.\\\"]}\"}";
    private static final String BUILD =
            "{\"id\":77,\"state\":\"pending\",\"ownername\":\"@packit\",\"projectname\":\"o-r-1\",\"chroots\":[]}";

    private final StubService stub = new StubService();
    private final HttpCopr copr = copr("log-in", "t0k3n");

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void submitsTheScriptWithItsMarker() {
        stub.on(CREATE, 200, BUILD);

        CoprBuild build = copr.submit(request());

        assertThat(build)
                .isEqualTo(new CoprBuild("77", "pending", "@packit", "o-r-1", stub.url() + "/coprs/build/77/"));
        assertThat(stub.asked()).hasSize(1);
        assertThat(stub.asked().get(0).json()).isEqualTo(StubService.json("""
                        {"ownername":"@packit","projectname":"o-r-1",
                         "script":"#!/bin/sh -x\\n# forgeway: job-7\\necho hi\\n",
                         "builddeps":["git","packit"],"timeout":7200,"enable_net":false,
                         "chroots":["fedora-40-x86_64","fedora-41-x86_64"]}"""));
        String basic = stub.asked().get(0).header("Authorization").substring("Basic ".length());
        assertThat(new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8))
                .isEqualTo("log-in:t0k3n");
    }

    @Test
    void putsTheMarkerFirstWhereThereIsNoInterpreterLine() {
        assertThat(HttpCopr.marked("echo\n", "m")).isEqualTo("# forgeway: m\necho\n");
        assertThat(HttpCopr.marked("#!/bin/sh", "m")).isEqualTo("#!/bin/sh\n# forgeway: m\n");
    }

    @Test
    void namesThePackagesThatWereBuilt() {
        stub.on("GET /api_3/build-chroot/built-packages", 200, """
                {"packages":[
                  {"name":"hello","epoch":0,"version":"2.0","release":"1.fc42","arch":"src"},
                  {"name":"hello","epoch":0,"version":"2.0","release":"1.fc42","arch":"x86_64"},
                  {"name":"hello-doc","epoch":1,"version":"2.0","release":"1.fc42","arch":"noarch"}]}""");

        assertThat(copr.packages("77", "fedora-42-x86_64"))
                .containsExactly("hello-2.0-1.fc42.x86_64", "hello-doc-1:2.0-1.fc42.noarch");

        assertThat(stub.asked().get(0).query()).isEqualTo("build_id=77&chrootname=fedora-42-x86_64");
    }

    @Test
    void refusesAMarkerThatCouldEndItsLine() {
        CoprBuildRequest request = new CoprBuildRequest(
                "a",
                "b",
                List.of(),
                "m\nrm -rf /",
                "x",
                List.of(),
                60,
                false,
                CoprProjectSettings.USUAL,
                Map.of(),
                null);

        assertThatThrownBy(() -> copr.submit(request)).isInstanceOf(IllegalArgumentException.class);
        assertThat(stub.asked()).isEmpty();
    }

    @Test
    void createsAProjectThatDoesNotExist() {
        stub.on(CREATE, 404, NO_PROJECT).on(CREATE, 200, BUILD).on(ADD, 200, "{}");

        assertThat(copr.submit(request()).id()).isEqualTo("77");

        assertThat(stub.asked(ADD).get(0).json()).isEqualTo(StubService.json("""
                        {"name":"o-r-1","description":"Continuous builds by Forgeway","unlisted_on_hp":true,
                         "exist_ok":true,"delete_after_days":60,"chroots":["fedora-40-x86_64","fedora-41-x86_64"]}"""));
        assertThat(stub.asked(CREATE)).hasSize(2);
    }

    private static final CoprProjectSettings WISHED =
            new CoprProjectSettings(true, true, List.of("copr://ada/tools"), "image", true, false);
    private static final Map<String, CoprChrootSettings> CHROOT_WISHED = Map.of(
            "fedora-40-x86_64",
            new CoprChrootSettings(List.of("make"), List.of(), "ruby:2.7", List.of("docs"), List.of("check")),
            "epel-9-x86_64",
            new CoprChrootSettings(List.of("gcc"), List.of(), null, List.of(), List.of()));

    @Test
    void createsAProjectWithWhatIsWishedOfIt() {
        stub.on(PROJECT, 404, NO_PROJECT)
                .on(ADD, 200, "{}")
                .on(EDIT_CHROOT, 200, "{}")
                .on(CREATE, 200, BUILD);

        assertThat(copr.submit(request(WISHED, CHROOT_WISHED)).id()).isEqualTo("77");

        assertThat(stub.asked(ADD).get(0).json()).isEqualTo(StubService.json("""
                        {"name":"o-r-1","description":"Continuous builds by Forgeway","unlisted_on_hp":false,
                         "exist_ok":true,"delete_after_days":-1,"additional_repos":["copr://ada/tools"],"bootstrap":"image",
                         "module_hotfixes":true,"follow_fedora_branching":false,
                         "chroots":["fedora-40-x86_64","fedora-41-x86_64"]}"""));
        assertThat(stub.asked(EDIT_CHROOT))
                .singleElement()
                .satisfies(edit -> assertThat(edit.json()).isEqualTo(StubService.json("""
                        {"additional_packages":["make"],"additional_repos":[],"additional_modules":"ruby:2.7",
                         "with_opts":["docs"],"without_opts":["check"]}""")));
    }

    @Test
    void changesWhatAProjectHasOtherwiseThanItIsWished() {
        stub.on(PROJECT, 200, """
                        {"chroot_repos":{"fedora-40-x86_64":"u","fedora-41-x86_64":"u"},"unlisted_on_hp":false,
                         "delete_after_days":-1,"additional_repos":[],"bootstrap":"default","module_hotfixes":true,
                         "follow_fedora_branching":false}""").on(EDIT, 200, "{}").on(CREATE, 200, BUILD);

        copr.submit(request(WISHED, Map.of()));

        assertThat(stub.asked(EDIT))
                .singleElement()
                .satisfies(edit -> assertThat(edit.json())
                        .isEqualTo(StubService.json(
                                "{\"additional_repos\":[\"copr://ada/tools\"],\"bootstrap\":\"image\"}")));
    }

    @Test
    void leavesAProjectThatHasWhatIsWished() {
        stub.on(PROJECT, 200, """
                        {"chroot_repos":{"fedora-40-x86_64":"u","fedora-41-x86_64":"u"},"module_hotfixes":true}""").on(CREATE, 200, BUILD);

        copr.submit(request(new CoprProjectSettings(null, null, List.of(), null, true, null), Map.of()));

        assertThat(stub.asked()).hasSize(2);
    }

    @Test
    void isContentWhenAnotherCreatesTheProjectFirst() {
        stub.on(CREATE, 404, NO_PROJECT)
                .on(CREATE, 200, BUILD)
                .on(ADD, 400, "{\"error\":\"name: Group @packit already has a project named \\\"o-r-1\\\".\"}");

        assertThat(copr.submit(request()).id()).isEqualTo("77");
    }

    @Test
    void addsChrootsToThoseOfTheProject() {
        stub.on(CREATE, 400, NO_CHROOT)
                .on(CREATE, 200, BUILD)
                .on(PROJECT, 200, "{\"chroot_repos\":{\"epel-9-x86_64\":\"u\",\"fedora-40-x86_64\":\"u\"}}")
                .on(EDIT, 200, "{}");

        assertThat(copr.submit(request()).id()).isEqualTo("77");

        assertThat(stub.asked(PROJECT).get(0).query()).isEqualTo("ownername=@packit&projectname=o-r-1");
        assertThat(stub.asked(EDIT).get(0).json())
                .isEqualTo(StubService.json(
                        "{\"chroots\":[\"epel-9-x86_64\",\"fedora-40-x86_64\",\"fedora-41-x86_64\"]}"));
    }

    @Test
    void repairsEachLackOnceOnly() {
        stub.on(CREATE, 404, NO_PROJECT)
                .on(CREATE, 400, NO_CHROOT)
                .on(ADD, 200, "{}")
                .on(PROJECT, 200, "{\"chroot_repos\":{}}")
                .on(EDIT, 200, "{}");

        assertThatThrownBy(() -> copr.submit(request())).isInstanceOf(UserErrorException.class);
        assertThat(stub.asked(CREATE)).hasSize(3);
        assertThat(stub.asked(ADD)).hasSize(1);
        assertThat(stub.asked(EDIT)).hasSize(1);
    }

    @Test
    void tellsTheUserAboutAChrootThatNoProjectCanHave() {
        stub.on(CREATE, 400, NO_CHROOT)
                .on(PROJECT, 200, "{\"chroot_repos\":{}}")
                .on(EDIT, 400, "{\"error\":\"Unexpected chroot: fedora-41-x86_64\"}");

        assertThatThrownBy(() -> copr.submit(request()))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("Unexpected chroot: fedora-41-x86_64");
    }

    @Test
    void editsNothingWhenTheProjectHasTheChroots() {
        stub.on(CREATE, 400, NO_CHROOT)
                .on(PROJECT, 200, "{\"chroot_repos\":{\"fedora-40-x86_64\":\"u\",\"fedora-41-x86_64\":\"u\"}}");

        assertThatThrownBy(() -> copr.submit(request())).isInstanceOf(UserErrorException.class);
        assertThat(stub.asked(EDIT)).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} is {3}")
    @CsvSource(delimiter = '|', textBlock = """
            400 | application/json | {"error":"script: Maximum script size is 4kB"}            | UserErrorException | Maximum script size
            403 | application/json | {"error":"User x is not allowed to build in the copr: y"} | UserErrorException | not allowed to build
            404 | application/json | {"error":"No such group: z"}                              | UserErrorException | No such group
            401 | application/json | {"error":"Login invalid/expired for t0k3n"}               | TransientException | forgeway.service.copr.token
            409 | application/json | {"error":"Conflicting request"}                           | TransientException | changing the project
            500 | application/json | {"error":"Request wasn't successful, t0k3n"}              | TransientException | failed with 500
            503 | text/html        | <html>Outage</html>                                       | TransientException | failed with 503
            200 | text/html        | <html>Making sure you're not a bot!</html>                | TransientException | no JSON
            200 | application/json | {"output":"ok"}                                           | TransientException | without the id
            """)
    void saysWhoCanCureARefusal(int status, String type, String body, String exception, String words) {
        stub.on(CREATE, status, Map.of("Content-Type", type), body);

        Throwable thrown = catchThrowable(() -> copr.submit(request()));

        assertThat(thrown.getClass().getSimpleName()).isEqualTo(exception);
        assertThat(thrown).hasMessageContaining(words).hasMessageNotContaining("t0k3n");
    }

    @ParameterizedTest(name = "{0} {1} means {2}")
    @CsvSource(delimiter = '|', textBlock = """
            200 | {"id":71,"state":"canceled"}                        | true
            404 | {"error":"Build 71 does not exist."}                | true
            400 | {"error":"Cannot cancel build 71"}                  | false
            """)
    void cancelsABuildThatHasNotEnded(int status, String body, boolean canceled) {
        stub.on("PUT /api_3/build/cancel/71", status, body);

        assertThat(copr.cancel("71")).isEqualTo(canceled);
        assertThat(stub.asked()).hasSize(1);
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource(delimiter = '|', textBlock = """
            400 | {"error":"Cannot cancel build 71 in state 'starting'"}        | TransientException
            500 | {"error":"Request wasn't successful"}                         | TransientException
            403 | {"error":"You are not allowed to cancel this build."}         | UserErrorException
            """)
    void saysWhatARefusedCancellationMeans(int status, String body, String exception) {
        stub.on("PUT /api_3/build/cancel/71", status, body);

        Throwable thrown = catchThrowable(() -> copr.cancel("71"));

        assertThat(thrown.getClass().getSimpleName()).isEqualTo(exception);
    }

    @Test
    void findsABuildByTheMarkerInItsScript() {
        stub.on(LIST, 200, list(70, 72, 71))
                .on("GET /api_3/build/source-build-config/72", 404, "{\"error\":\"Build 72 does not exist.\"}")
                .on("GET /api_3/build/source-build-config/71", 200, source("#!/bin/sh\\n# forgeway: job-70\\n"))
                .on("GET /api_3/build/source-build-config/70", 200, source("#!/bin/sh\\n# forgeway: job-7\\n"));

        assertThat(copr.findByMarker("@packit", "o-r-1", "job-7"))
                .hasValueSatisfying(build -> assertThat(build.id()).isEqualTo("70"));

        assertThat(stub.asked())
                .extracting(StubService.Asked::path)
                .containsExactly(
                        "/api_3/build/list",
                        "/api_3/build/source-build-config/72",
                        "/api_3/build/source-build-config/71",
                        "/api_3/build/source-build-config/70");
        assertThat(stub.asked().get(0).query())
                .isEqualTo("ownername=@packit&projectname=o-r-1&limit=20&offset=0&order=id&order_type=DESC");
    }

    @Test
    void looksThroughABoundedNumberOfBuilds() {
        int[] page = IntStream.rangeClosed(1, 20).toArray();
        stub.on(LIST, 200, list(page));
        for (int id : page) {
            stub.on("GET /api_3/build/source-build-config/" + id, 403, "{\"error\":\"no\"}");
        }

        assertThat(copr.findByMarker("@packit", "o-r-1", "job-7")).isEmpty();
        assertThat(stub.asked(LIST))
                .extracting(asked -> asked.query().replaceAll(".*(offset=\\d+).*", "$1"))
                .containsExactly("offset=0", "offset=20", "offset=40");
    }

    @Test
    void findsNoBuildInAProjectThatDoesNotExist() {
        stub.on(LIST, 404, NO_PROJECT);

        assertThat(copr.findByMarker("@packit", "o-r-1", "job-7")).isEmpty();
    }

    @Test
    void doesNotTakeAnOutageForAnAbsentBuild() {
        stub.on(LIST, 200, list(1)).on("GET /api_3/build/source-build-config/1", 502, "{}");

        assertThatThrownBy(() -> copr.findByMarker("@packit", "o-r-1", "job-7")).isInstanceOf(TransientException.class);
    }

    @Test
    void followsCoprToTheAddressWithASlash() {
        stub.on(LIST, 308, Map.of("Location", "http://localhost/api_3/build/list/?limit=20"), "")
                .on("GET /api_3/build/list/", 200, list());

        assertThat(copr.findByMarker("@packit", "o-r-1", "job-7")).isEmpty();
        assertThat(stub.asked("GET /api_3/build/list/")).hasSize(1);
    }

    @Test
    void findsABuildById() {
        stub.on("GET /api_3/build/77", 200, BUILD);

        assertThat(copr.find("77"))
                .contains(new CoprBuild("77", "pending", "@packit", "o-r-1", stub.url() + "/coprs/build/77/"));
    }

    @Test
    void findsNoBuildThatCoprDoesNotKnow() {
        stub.on("GET /api_3/build/77", 404, "{\"error\":\"Build 77 does not exist.\"}");

        assertThat(copr.find("77")).isEmpty();
        assertThat(copr.find("../x")).isEmpty();
        assertThat(stub.asked()).hasSize(1);
    }

    @Test
    void saysWhichSettingsAreMissing() {
        assertThatThrownBy(() -> copr("", "").submit(request()))
                .isInstanceOf(TransientException.class)
                .hasMessageContaining("forgeway.service.copr.login");
        assertThat(stub.asked()).isEmpty();
    }

    @Test
    void showsNoSecretInItsSettings() {
        assertThat(new CoprSettings(stub.url(), "log-in", "t0k3n").toString()).doesNotContain("log-in", "t0k3n");
    }

    private HttpCopr copr(String login, String token) {
        ServiceHttp http = new ServiceHttp(HttpTimeouts.DEFAULT, new SimpleMeterRegistry(), Clock.systemUTC());
        return new HttpCopr(new CoprSettings(stub.url(), login, token), http, http);
    }

    private static CoprBuildRequest request() {
        return request(CoprProjectSettings.USUAL, Map.of());
    }

    private static CoprBuildRequest request(
            CoprProjectSettings settings, Map<String, CoprChrootSettings> chrootSettings) {
        return new CoprBuildRequest(
                "@packit",
                "o-r-1",
                List.of("fedora-40-x86_64", "fedora-41-x86_64"),
                "job-7",
                "#!/bin/sh -x\necho hi\n",
                List.of("git", "packit"),
                7200,
                false,
                settings,
                chrootSettings,
                null);
    }

    private static String list(int... ids) {
        return IntStream.of(ids)
                .mapToObj(id -> "{\"id\":" + id + ",\"state\":\"running\",\"ownername\":\"@packit\","
                        + "\"projectname\":\"o-r-1\"}")
                .collect(Collectors.joining(",", "{\"items\":[", "],\"meta\":{}}"));
    }

    private static String source(String script) {
        return "{\"source_type\":\"custom\",\"source_dict\":{\"script\":\"" + script + "\"},\"timeout\":1}";
    }
}
