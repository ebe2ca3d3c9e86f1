package dev.forgeway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Forgeway. */
@SpringBootApplication
public class Application {

    public static void main(String[] args) {
        // H2 takes a data folder like "data" for a mistake unless it is told that it is meant
        System.setProperty("h2.implicitRelativePath", "true");
        SpringApplication.run(Application.class, args);
    }
}
