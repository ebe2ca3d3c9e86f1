package dev.forgeway.handle.testingfarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.config.Settings;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.Event;
import dev.forgeway.handle.TestPlan;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What to ask Testing Farm for (https://api.testing-farm.io/redoc, "Request a new test"), as packit asks
 * (https://packit.dev/docs/configuration/upstream/tests).
 */
@Component
class TestRequests {

    /** The variable by which a request is found again; its value is the id of the job. */
    static final String MARKER = "FORGEWAY_JOB";

    private static final String INSTALLATION_URL = "https://gitlab.com/testing-farm/tests";
    private static final String INSTALLATION_PLAN = "/packit/installation";

    private final Composes composes;
    private final @Nullable URI publicUrl;
    private final String token;

    TestRequests(Settings settings, Composes composes) {
        this.composes = composes;
        this.publicUrl = settings.publicUrl();
        this.token = settings.ingest().testingFarm().secrets().stream()
                .findFirst()
                .map(secret -> secret.value())
                .orElse("");
    }

    /** The request for the tests of a job. */
    JsonNode of(Job job, TestPlan plan, List<TestedBuild> builds) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        addSource(request.putObject("test").putObject("tmt"), job.event(), plan);
        ObjectNode environment = environment(request, job, TestVariables.of(job, plan, builds));
        environment.putObject("tmt").set("context", context(job));
        if (!builds.isEmpty()) {
            environment
                    .putArray("artifacts")
                    .addAll(builds.stream().map(TestRequests::artifact).toList());
        }
        if (plan.postInstallScript() != null) {
            environment
                    .putObject("settings")
                    .putObject("provisioning")
                    .put("post_install_script", plan.postInstallScript());
        }
        ExtraParams.merge(request, plan.extraParams());
        return finished(request, job);
    }

    /**
     * The request for tests of dist-git, as Fedora CI asks for it (https://packit.dev/fedora-ci/tmt-integration).
     *
     * @param task the id of the task of Koji that built the package; null for tests without a package
     */
    JsonNode ofFedoraCi(Job job, TestPlan plan, @Nullable String task) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        addSource(request.putObject("test").putObject("tmt"), job.event(), plan);
        TestPlan.Ci ci = plan.ci();
        Map<String, String> variables = new TreeMap<>(plan.env());
        if (task != null) {
            variables.put("KOJI_TASK_ID", task);
            variables.put("TASK_ID", task);
        }
        ObjectNode environment = environment(request, job, variables);
        ObjectNode context = context(job).put("initiator", "fedora-ci");
        if (ci != null) {
            context.put("dist-git-branch", ci.branch());
        }
        environment.putObject("tmt").set("context", context);
        if (task != null && (ci == null || ci.installs())) {
            environment.putArray("artifacts").addObject().put("id", task).put("type", "fedora-koji-build");
        }
        return finished(request, job);
    }

    /** The request for a package without tests of its own: whether what was built can be installed. */
    JsonNode ofInstallation(Job job, TestedBuild build) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.putObject("test")
                .putObject("tmt")
                .put("url", INSTALLATION_URL)
                .put("ref", "main")
                .put("name", INSTALLATION_PLAN);
        environment(request, job, Map.of("REPOSITORY", build.project()));
        return finished(request, job);
    }

    private static void addSource(ObjectNode tmt, Event event, TestPlan plan) {
        String url = plan.fmfUrl();
        if (url == null) {
            String target = Objects.requireNonNull(event.project()).url();
            tmt.put("url", plan.ofTargetRepository() ? target : TestVariables.sourceUrl(event));
            tmt.put("ref", event.commit());
        } else {
            tmt.put("url", url);
            if (plan.fmfRef() != null) {
                tmt.put("ref", plan.fmfRef());
            }
        }
        tmt.put("path", folder(plan));
        if (plan.tmtPlan() != null) {
            tmt.put("name", plan.tmtPlan());
        }
    }

    /** The folder of the metadata, relative to the root of its repository. */
    static String folder(TestPlan plan) {
        String path = plan.fmfPath().replaceFirst("^\\./|^/", "").replaceFirst("/$", "");
        return path.isEmpty() ? "." : path;
    }

    private ObjectNode environment(ObjectNode request, Job job, Map<String, String> variables) {
        ObjectNode environment = request.putArray("environments").addObject().put("arch", architecture(job));
        environment.putObject("os").put("compose", composes.of(distro(job)));
        ObjectNode all = environment.putObject("variables");
        variables.forEach(all::put);
        return environment;
    }

    private static ObjectNode context(Job job) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("distro", distro(job))
                .put("arch", architecture(job))
                .put("trigger", "commit")
                .put("initiator", "packit");
    }

    private static ObjectNode artifact(TestedBuild build) {
        ObjectNode artifact = JsonNodeFactory.instance
                .objectNode()
                .put("id", build.id() + ":" + build.chroot())
                .put("type", "fedora-copr-build");
        if (!build.packages().isEmpty()) {
            build.packages().forEach(artifact.putArray("packages")::add);
        }
        return artifact;
    }

    /** What nobody may change: how the request is found again, and where its results are told. */
    private ObjectNode finished(ObjectNode request, Job job) {
        for (JsonNode environment : request.path("environments")) {
            ObjectNode all = environment.path("variables") instanceof ObjectNode there
                    ? there
                    : ((ObjectNode) environment).putObject("variables");
            all.put(MARKER, job.id());
        }
        if (publicUrl != null) {
            request.putObject("notification")
                    .putObject("webhook")
                    .put("url", publicUrl.resolve("/webhooks/testing-farm").toString())
                    .put("token", token);
        }
        return request;
    }

    private static String distro(Job job) {
        String target = job.targets().get(0);
        return target.substring(0, target.lastIndexOf('-'));
    }

    private static String architecture(Job job) {
        String target = job.targets().get(0);
        return target.substring(target.lastIndexOf('-') + 1);
    }
}
