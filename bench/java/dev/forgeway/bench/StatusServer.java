package dev.forgeway.bench;

import dev.forgeway.Application;
import dev.forgeway.store.AllowlistStore;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/** Forgeway as it ships, with its real forges, as a process of its own. */
final class StatusServer {

    private StatusServer() {}

    /** Takes the number of namespaces to approve, then arguments of the application, of which the last of a name counts. */
    public static void main(String[] args) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (int i = 1; i < args.length; i++) {
            byName.put(args[i].split("=", 2)[0], args[i]);
        }
        var context = (ServletWebServerApplicationContext)
                new SpringApplication(Application.class).run(byName.values().toArray(String[]::new));
        AllowlistStore allowlist = context.getBean(AllowlistStore.class);
        for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            allowlist.put("github.com/" + Statuses.namespace(i), "approved-manually", "for the benchmark");
        }
        Report.ready(context);
    }
}
