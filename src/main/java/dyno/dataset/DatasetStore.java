package dyno.dataset;

import dyno.dataset.StoredDataset.StoredFile;
import dyno.web.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/// Tables `dataset` and `dataset_file`. Every method joins the transaction of the calling thread. Safe for any number
/// of
/// threads.
final class DatasetStore {

    private final JdbcClient jdbc;
    private final JsonMapper mapper;
    private final ObjectReader trees;

    DatasetStore(JdbcClient jdbc, JsonMapper mapper) {
        this.jdbc = jdbc;
        this.mapper = mapper;
        this.trees = mapper.readerFor(new TypeReference<Map<String, Object>>() {})
                .with(DeserializationFeature.USE_LONG_FOR_INTS);
    }

    /// A row without its files.
    private record Head(
            UUID id,
            String name,
            String kind,
            UUID folder,
            @Nullable String node,
            String sha256,
            Map<String, Object> facts,
            OffsetDateTime createdAt) {}

    /// @throws org.springframework.dao.DuplicateKeyException where the name is taken
    void add(StoredDataset dataset) {
        jdbc.sql("""
                        INSERT INTO dataset (id, name, kind, folder, node, sha256, facts, created_at)
                        VALUES (:id, :name, :kind, :folder, :node, :sha256, CAST(:facts AS json), :createdAt)
                        """)
                .param("id", dataset.id())
                .param("name", dataset.name())
                .param("kind", dataset.kind())
                .param("folder", dataset.folder())
                .param("node", dataset.node())
                .param("sha256", dataset.sha256())
                .param("facts", mapper.writeValueAsString(dataset.facts()))
                .param("createdAt", dataset.createdAt().atOffset(ZoneOffset.UTC))
                .update();
        dataset.files().forEach(file -> addFile(dataset.id(), file));
    }

    void addFile(UUID dataset, StoredFile file) {
        jdbc.sql("""
                        INSERT INTO dataset_file (dataset_id, name, bytes, sha256, facts)
                        VALUES (:dataset, :name, :bytes, :sha256, CAST(:facts AS json))
                        """)
                .param("dataset", dataset)
                .param("name", file.name())
                .param("bytes", file.bytes())
                .param("sha256", file.sha256())
                .param("facts", mapper.writeValueAsString(file.facts()))
                .update();
    }

    /// Stores what another set of files changes.
    void change(UUID dataset, UUID folder, String sha256, Map<String, Object> facts) {
        jdbc.sql("""
                        UPDATE dataset
                        SET folder = :folder, sha256 = :sha256, facts = CAST(:facts AS json)
                        WHERE id = :id
                        """)
                .param("id", dataset)
                .param("folder", folder)
                .param("sha256", sha256)
                .param("facts", mapper.writeValueAsString(facts))
                .update();
    }

    void remove(UUID dataset) {
        jdbc.sql("DELETE FROM dataset WHERE id = :id").param("id", dataset).update();
    }

    Optional<StoredDataset> find(String name) {
        return jdbc.sql("""
                        SELECT id, name, kind, folder, node, sha256, facts, created_at
                        FROM dataset
                        WHERE name = :name
                        """).param("name", name).query(this::head).optional().map(this::whole);
    }

    /// Like [#find]; nobody changes, removes or begins to read the dataset until the transaction ends.
    Optional<StoredDataset> lock(String name) {
        return jdbc.sql("""
                        SELECT id, name, kind, folder, node, sha256, facts, created_at
                        FROM dataset
                        WHERE name = :name
                        FOR UPDATE
                        """).param("name", name).query(this::head).optional().map(this::whole);
    }

    /// Newest first, at most `limit + 1`: the one too many says that there are more.
    List<StoredDataset> list(@Nullable String kind, int limit, @Nullable Cursor after) {
        return jdbc
                .sql("""
                        SELECT id, name, kind, folder, node, sha256, facts, created_at
                        FROM dataset
                        WHERE (CAST(:kind AS text) IS NULL OR kind = :kind)
                            AND (
                                CAST(:afterId AS uuid) IS NULL
                                OR (created_at, id) < (CAST(:afterAt AS timestamptz), CAST(:afterId AS uuid)))
                        ORDER BY created_at DESC, id DESC
                        LIMIT :limit
                        """)
                .param("kind", kind)
                .param("afterAt", after == null ? null : after.instant().atOffset(ZoneOffset.UTC))
                .param("afterId", after == null ? null : after.id())
                .param("limit", limit + 1)
                .query(this::head)
                .list()
                .stream()
                .map(this::whole)
                .toList();
    }

    boolean isNamed(UUID folder) {
        return jdbc.sql("SELECT count(*) FROM dataset WHERE folder = :folder")
                        .param("folder", folder)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private Head head(ResultSet row, int number) throws SQLException {
        return new Head(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("kind"),
                row.getObject("folder", UUID.class),
                row.getString("node"),
                row.getString("sha256"),
                trees.readValue(row.getString("facts")),
                row.getObject("created_at", OffsetDateTime.class));
    }

    private StoredDataset whole(Head head) {
        var files = jdbc.sql("""
                        SELECT name, bytes, sha256, facts
                        FROM dataset_file
                        WHERE dataset_id = :id
                        ORDER BY name
                        """)
                .param("id", head.id())
                .query((row, number) -> new StoredFile(
                        row.getString("name"),
                        row.getLong("bytes"),
                        row.getString("sha256"),
                        trees.readValue(row.getString("facts"))))
                .list();
        return new StoredDataset(
                head.id(),
                head.name(),
                head.kind(),
                head.folder(),
                head.node(),
                head.sha256(),
                files,
                head.facts(),
                head.createdAt().toInstant());
    }
}
