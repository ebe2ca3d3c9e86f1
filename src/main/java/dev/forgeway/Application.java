package dev.forgeway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Forgeway. */
@SpringBootApplication
public class Application {

    public static void main(String[] args) {
        // H2 takes a data folder like "data" for a mistake unless it is told that it is meant
        System.setProperty("h2.implicitRelativePath", "true");
        try {
            SpringApplication.run(Application.class, args);
        } catch (SpringApplication.AbandonedRunException e) {
            // the classes for quick starts are prepared by a start that is left
            throw e;
        } catch (RuntimeException e) {
            // Spring Boot has told why; idle threads of the broker would keep the process for another minute
            System.exit(1);
        }
    }
}
