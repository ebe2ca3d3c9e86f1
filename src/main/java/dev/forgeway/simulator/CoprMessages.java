package dev.forgeway.simulator;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Copr's back end publishes about the build of a chroot (copr-messaging's schemas, classes
 * BuildChrootStartedV1 and BuildChrootEndedV1). Version and package of a source build are null: nobody knows them yet.
 */
final class CoprMessages {

    static final String SOURCE_CHROOT = "srpm-builds";
    static final int FAILED = 0;
    static final int SUCCEEDED = 1;
    static final int CANCELED = 2;
    static final int RUNNING = 3;

    private static final String PREFIX = "org.fedoraproject.prod.copr.";
    private static final String BUILDER = "10.0.150.161";
    private static final long PID = 2_309_411;
    private static final Set<String> WITH_CHROOT = Set.of("chroot.start");

    private final BusSimulator bus;

    CoprMessages(BusSimulator bus) {
        this.bus = bus;
    }

    void started(CoprSimulator.Build build, String chroot) {
        publish("build.start", build, chroot, RUNNING);
        publish("chroot.start", build, chroot, RUNNING);
    }

    void ended(CoprSimulator.Build build, String chroot, int status) {
        publish("build.end", build, chroot, status);
    }

    private void publish(String event, CoprSimulator.Build build, String chroot, int status) {
        boolean source = chroot.equals(SOURCE_CHROOT);
        String packageName = source ? null : build.packageName();
        String version = source ? null : build.packageVersion();
        String worker = source ? "srpm_build_worker:" + build.id() : "rpm_build_worker:" + build.id() + "-" + chroot;
        Map<String, @Nullable Object> body =
                Json.object("user", build.submitter(), "copr", build.projectname(), "owner", build.ownername());
        body.putAll(Json.object("pkg", packageName, "build", build.id(), "chroot", chroot));
        body.putAll(Json.object("version", version, "status", status, "ip", BUILDER));
        body.putAll(Json.object("who", "backend.worker-" + worker, "pid", PID));
        body.put("what", what(event, build, chroot, status, packageName, version));
        bus.publish(PREFIX + event, Json.write(body));
    }

    private static String what(
            String event,
            CoprSimulator.Build build,
            String chroot,
            int status,
            @Nullable String packageName,
            @Nullable String version) {
        boolean end = event.equals("build.end");
        return event.replace('.', ' ') + ":"
                + (WITH_CHROOT.contains(event) ? " chroot:" + chroot : "")
                + " user:" + build.submitter()
                + " copr:" + build.projectname()
                + (end ? " build:" + build.id() + " pkg:" : " pkg:") + orNone(packageName)
                + (end ? " version:" + orNone(version) : " build:" + build.id())
                + " ip:" + BUILDER
                + " pid:" + PID
                + (end ? " status:" + status : "");
    }

    private static String orNone(@Nullable String value) {
        return value == null ? "None" : value;
    }
}
