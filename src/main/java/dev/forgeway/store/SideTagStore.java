package dev.forgeway.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The side tags that are in use, one for each group and branch. */
@Component
public class SideTagStore {

    private static final String SELECT = "select tag_group, branch, name, newest_before from side_tag where ";

    private static final String INTEND = """
            insert into side_tag (tag_group, branch, newest_before) values (?, ?, ?)
            on conflict do nothing
            """;

    private static final String NAME =
            "update side_tag set name = ? where tag_group = ? and branch = ? and name is null";

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;

    public SideTagStore(JdbcTemplate jdbc, StoreTransaction transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    public Optional<SideTag> find(String group, String branch) {
        return jdbc.query(SELECT + "tag_group = ? and branch = ?", Bound.to(group, branch), SideTagStore::read).stream()
                .findFirst();
    }

    /** The one that is in use under this name in Koji. */
    public Optional<SideTag> named(String name) {
        return jdbc.query(SELECT + "name = ?", Bound.to(name), SideTagStore::read).stream()
                .findFirst();
    }

    /** Says that a side tag is asked for next; nothing where that was said before. */
    public void intend(String group, String branch, long newestBefore) {
        transaction.update(INTEND, Bound.to(group, branch, newestBefore));
    }

    /** Says which one was made. */
    public void created(String group, String branch, String name) {
        transaction.update(NAME, Bound.to(name, group, branch));
    }

    /** From now on the group has no side tag for the branch, unless it is another one already. */
    public void retire(SideTag tag) {
        transaction.update(
                "delete from side_tag where tag_group = ? and branch = ? and name = ?",
                Bound.to(tag.group(), tag.branch(), tag.name()));
    }

    private static SideTag read(ResultSet row, int number) throws SQLException {
        return new SideTag(
                row.getString("tag_group"),
                row.getString("branch"),
                row.getString("name"),
                row.getLong("newest_before"));
    }
}
