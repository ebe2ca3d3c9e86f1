package dev.forgeway.flow;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;

/** The data folder of an application that is not running: an H2 database and the journal of its broker. */
final class DataFolder {

    private DataFolder() {}

    /** Packs the database and the journal. */
    static void pack(Path folder, Path zip) throws IOException {
        Files.createDirectories(zip.getParent());
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream packed = new ZipOutputStream(file);
                Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = folder.relativize(path).toString();
                if (name.startsWith("broker/") || name.endsWith(".mv.db")) {
                    packed.putNextEntry(new ZipEntry(name));
                    Files.copy(path, packed);
                }
            }
        }
    }

    static void unpack(Path zip, Path folder) throws IOException {
        try (ZipFile packed = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : Collections.list(packed.entries())) {
                Path path = folder.resolve(entry.getName());
                Files.createDirectories(path.getParent());
                Files.copy(packed.getInputStream(entry), path);
            }
        }
    }

    /** Brings an empty PostgreSQL to the version of the folder's database, and copies all rows to it. */
    static void copyDatabase(Path folder, DataSource postgres) throws SQLException {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:file:" + folder.resolve("database/forgeway")
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH");
        h2.setUser("");
        Flyway.configure().dataSource(postgres).target(version(h2)).load().migrate();
        try (Connection from = h2.getConnection();
                Connection to = postgres.getConnection();
                Statement order = to.createStatement()) {
            order.execute("set session_replication_role = replica");
            for (String table : tables(from)) {
                copy(table, from, to);
            }
        }
    }

    private static String version(DataSource database) {
        return String.valueOf(
                Flyway.configure().dataSource(database).load().info().current().getVersion());
    }

    private static List<String> tables(Connection database) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet found = database.getMetaData().getTables(null, "public", "%", new String[] {"BASE TABLE"})) {
            while (found.next()) {
                tables.add(found.getString("TABLE_NAME"));
            }
        }
        tables.remove("flyway_schema_history");
        return tables;
    }

    private static void copy(String table, Connection from, Connection to) throws SQLException {
        try (Statement query = from.createStatement();
                Statement clear = to.createStatement();
                ResultSet rows = query.executeQuery("select * from " + table)) {
            clear.executeUpdate("delete from " + table);
            int columns = rows.getMetaData().getColumnCount();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                names.add(rows.getMetaData().getColumnName(i));
            }
            String insert = "insert into " + table + " (" + String.join(", ", names) + ") values ("
                    + String.join(", ", Collections.nCopies(columns, "?")) + ")";
            try (PreparedStatement row = to.prepareStatement(insert)) {
                while (rows.next()) {
                    for (int i = 1; i <= columns; i++) {
                        row.setObject(i, rows.getObject(i));
                    }
                    row.executeUpdate();
                }
            }
        }
    }
}
