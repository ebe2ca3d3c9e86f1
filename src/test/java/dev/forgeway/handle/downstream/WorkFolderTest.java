package dev.forgeway.handle.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.error.TransientException;
import dev.forgeway.testing.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {

    @TempDir
    Path data;

    @Test
    void isTriedAgainWhereNoneCanBeMade() throws IOException {
        Path file = Files.createFile(data.resolve("file"));

        assertThatThrownBy(() -> new WorkFolder(file)).isInstanceOf(TransientException.class);
    }

    @Test
    void losesNoWorkWhenItCannotBeDeleted() throws IOException {
        WorkFolder work = new WorkFolder(data);
        Files.delete(work.path());

        assertThatCode(work::close).doesNotThrowAnyException();
    }

    @Test
    void isRemovedWithTheNextStartWhenItsProcessWasKilled() throws IOException {
        Path left = new WorkFolder(data).path();
        Files.writeString(left.resolve("hello.spec"), "Name: hello");
        AbandonedWork start = start();

        assertThat(left).doesNotExist();

        Path used = new WorkFolder(data).path();
        AbandonedWork second = start();
        assertThat(used).as("the first still runs").exists();
        second.destroy();
        start.destroy();
    }

    private AbandonedWork start() {
        AbandonedWork start = new AbandonedWork(Examples.settings("data-dir", data.toString()));
        start.afterPropertiesSet();
        return start;
    }
}
