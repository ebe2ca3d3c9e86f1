package dev.forgeway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** Who sees a part of what a commit brought sees all of it, also while the commit is on its way. */
class H2CommitTest {

    private static final int COMMITS = 400;
    private static final int CHILDREN = 72;

    @Test
    void showsAllTablesOfACommitAtOnce(@TempDir Path folder) throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("commits") + H2StoreTest.SETTINGS;
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (SingleConnectionDataSource writing = new SingleConnectionDataSource(url, true);
                SingleConnectionDataSource reading = new SingleConnectionDataSource(url, true)) {
            JdbcTemplate reader = new JdbcTemplate(reading);
            reader.execute("create table parent (id int primary key, done boolean)");
            reader.execute("create table child (id int primary key, parent int)");
            reader.execute("create index child_parent on child (parent)");
            for (int id = 0; id < COMMITS; id++) {
                int parent = id;
                reader.update("insert into parent values (?, false)", parent);
                Future<?> commit = other.submit(() -> finish(writing, parent));
                boolean done = false;
                for (int look = 1; !done; look++) {
                    // never the same question, which would be answered as last time
                    done = Boolean.TRUE.equals(reader.queryForObject(
                            "select done from parent where id = ? and ? > 0", Boolean.class, parent, look));
                    List<Integer> children =
                            reader.queryForList("select id from child where parent = ?", Integer.class, parent);
                    if (done) {
                        assertThat(children).hasSize(CHILDREN);
                    }
                }
                commit.get();
            }
        } finally {
            other.shutdownNow();
        }
    }

    private static void finish(SingleConnectionDataSource writing, int parent) {
        JdbcTemplate writer = new JdbcTemplate(writing);
        new TransactionTemplate(new DataSourceTransactionManager(writing)).executeWithoutResult(transaction -> {
            writer.update("update parent set done = true where id = ?", parent);
            writer.batchUpdate(
                    "insert into child values (?, ?)",
                    IntStream.range(0, CHILDREN)
                            .mapToObj(n -> new Object[] {parent * CHILDREN + n, parent})
                            .toList());
        });
    }
}
