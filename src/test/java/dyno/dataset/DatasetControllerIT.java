package dyno.dataset;

import static dyno.dataset.DatasetClient.assertRefused;
import static dyno.dataset.DatasetClient.tree;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dyno.support.Mrc;
import dyno.support.PostgresTest;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Datasets over real HTTP, on a node that takes jobs and runs none.
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"dyno.worker.enabled=false", "dyno.dataset.max-file-size=1MB"})
@PostgresTest
@ExtendWith(OutputCaptureExtension.class)
class DatasetControllerIT {

    private static final byte[] TEN = Mrc.file(0, 10);
    private static final int MIB = 1 << 20;

    private final DatasetClient client;
    private final JdbcClient jdbc;
    private final Path folder;
    private final int port;

    DatasetControllerIT(@LocalServerPort int port, @Autowired JdbcClient jdbc, @Value("${dyno.data}") Path data) {
        this.client = new DatasetClient(port);
        this.jdbc = jdbc;
        this.folder = data.resolve("datasets");
        this.port = port;
    }

    /// Nothing is ever left but what rows name.
    @AfterEach
    void empty() throws IOException {
        jdbc.sql("DELETE FROM job").update();
        jdbc.sql("DELETE FROM idempotency_key").update();
        for (var name : jdbc.sql("SELECT name FROM dataset").query(String.class).list()) {
            try {
                assertThat(client.delete("/datasets/" + name).statusCode()).isEqualTo(204);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void storesAFileAndSaysWhatIsKnownOfIt() throws Exception {
        var answer = client.put("/datasets/d?kind=marc&file=a.mrc", TEN);

        var dataset = tree(answer, 201);
        assertThat(answer.headers().firstValue("Location")).hasValue("/api/v1/datasets/d");
        assertThat(dataset.path("name").asString()).isEqualTo("d");
        assertThat(dataset.path("kind").asString()).isEqualTo("marc");
        assertThat(dataset.path("bytes").asLong()).isEqualTo(TEN.length);
        assertThat(dataset.path("sha256").asString()).isEqualTo(sha256(TEN));
        assertThat(dataset.at("/files/0/name").asString()).isEqualTo("a.mrc");
        assertThat(dataset.at("/files/0/sha256").asString()).isEqualTo(sha256(TEN));
        assertThat(dataset.at("/files/0/facts/records").asLong()).isEqualTo(10);
        assertThat(dataset.at("/facts/records").asLong()).isEqualTo(10);
        assertThat(dataset.at("/facts/fields").asLong()).isEqualTo(20);
        assertThat(dataset.at("/facts/encodings/a").asLong()).isEqualTo(10);
        assertThat(tree(client.get("/datasets/d"), 200)).isEqualTo(dataset);
        assertThat(files()).singleElement().satisfies(file -> assertThat(file).hasBinaryContent(TEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "application/octet-stream", "application/json", "a/b"})
    void takesAFileOfAnyMediaType(String type) throws Exception {
        var dataset = tree(client.put("/datasets/d?kind=marc&file=a.mrc", TEN, "Content-Type", type), 201);

        assertThat(dataset.path("sha256").asString()).isEqualTo(sha256(TEN));
    }

    @Test
    void takesABodyThatDoesNotSayHowLongItIs() throws Exception {
        var dataset = tree(client.putChunked("/datasets/d?kind=marc&file=a.mrc", TEN), 201);

        assertThat(dataset.path("sha256").asString()).isEqualTo(sha256(TEN));
    }

    @Test
    void refusesWhatIsWrappedAroundAFile() throws Exception {
        assertRefused(
                client.put("/datasets/d?kind=marc&file=a.mrc", TEN, "Content-Type", "multipart/form-data; boundary=x"),
                415,
                "unsupported-media-type");
        assertRefused(
                client.put("/datasets/d?kind=marc&file=a.mrc", TEN, "Content-Encoding", "gzip"),
                415,
                "unsupported-media-type");
    }

    @Test
    void keepsAPackedFileUnpacked() throws Exception {
        var dataset = tree(client.put("/datasets/d?kind=marc&file=a.mrc.gz", Mrc.gzip(TEN)), 201);

        assertThat(dataset.path("bytes").asLong()).isEqualTo(TEN.length);
        assertThat(dataset.path("sha256").asString()).isEqualTo(sha256(TEN));
        assertThat(files()).singleElement().satisfies(file -> assertThat(file).hasBinaryContent(TEN));
    }

    @Test
    void addsFilesAndReadsThemInBytewiseOrder() throws Exception {
        var more = Mrc.file(10, 5);
        tree(client.put("/datasets/d?kind=marc&file=b.mrc", TEN), 201);
        tree(client.put("/datasets/d/files/a.mrc", more), 201);
        var dataset = tree(client.put("/datasets/d/files/Z.mrc", Mrc.file(15, 1)), 201);

        assertThat(dataset.path("files").findValuesAsString("name")).containsExactly("Z.mrc", "a.mrc", "b.mrc");
        assertThat(dataset.at("/facts/records").asLong()).isEqualTo(16);
        var lines = "%s  Z.mrc\n%s  a.mrc\n%s  b.mrc\n".formatted(sha256(Mrc.file(15, 1)), sha256(more), sha256(TEN));
        assertThat(dataset.path("sha256").asString()).isEqualTo(sha256(lines.getBytes(US_ASCII)));
        assertThat(tree(client.get("/datasets/d"), 200)).isEqualTo(dataset);
        assertThat(files())
                .hasSize(3)
                .allMatch(file -> file.getParent().equals(files().getFirst().getParent()));
    }

    @Test
    void refusesANameThatIsTaken() throws Exception {
        tree(client.put("/datasets/d?kind=marc&file=a.mrc", TEN), 201);

        assertRefused(client.put("/datasets/d?kind=marc&file=b.mrc", TEN), 409, "name-taken");
        assertRefused(client.put("/datasets/d/files/a.mrc", TEN), 409, "name-taken");
        assertThat(files()).hasSize(1);
    }

    @Test
    void givesANameToOneOfManyWhoWantIt() throws Exception {
        try (var clients = Executors.newFixedThreadPool(4)) {
            Callable<Integer> put = () ->
                    client.putChunked("/datasets/d?kind=marc&file=a.mrc", TEN).statusCode();
            var statuses = clients
                    .invokeAll(IntStream.range(0, 8).mapToObj(i -> put).toList())
                    .stream()
                    .map(future -> future.resultNow())
                    .toList();

            assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
        }
        assertThat(files()).hasSize(1);
    }

    @Test
    void keepsEveryFileOfManyThatComeAtOnce() throws Exception {
        tree(client.put("/datasets/d?kind=marc&file=a.mrc", TEN), 201);

        try (var clients = Executors.newFixedThreadPool(4)) {
            var puts = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 8; i++) {
                int from = i * 10;
                puts.add(() -> client.put("/datasets/d/files/f" + from, Mrc.file(from, 10))
                        .statusCode());
            }
            assertThat(clients.invokeAll(puts)).allMatch(future -> future.resultNow() == 201);
        }

        assertThat(tree(client.get("/datasets/d"), 200).at("/facts/records").asLong())
                .isEqualTo(90);
        assertThat(files()).hasSize(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".hidden", "a%2Fb", "../x", "%2e%2e", "-a", "a b", "ä", "a%00"})
    void refusesAFileNameThatCouldMeanAPlaceElsewhere(String file) throws Exception {
        var query = file.replace(" ", "%20").replace("ä", "%C3%A4");

        var refused = client.put("/datasets/d?kind=marc&file=" + query, TEN);

        assertRefused(refused, 400, "invalid-request");
        tree(client.put("/datasets/d?kind=marc&file=a.mrc", TEN), 201);
        assertThat(client.put("/datasets/d/files/" + query, TEN).statusCode()).isBetween(400, 405);
        assertThat(files()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2e%2e%2fx", ".hidden", "-a", "a%20b", "pending%2fx"})
    void refusesADatasetNameThatCouldMeanAPlaceElsewhere(String name) throws Exception {
        assertThat(client.put("/datasets/" + name + "?kind=marc&file=a.mrc", TEN)
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void refusesANameThatIsTooLong() throws Exception {
        tree(client.put("/datasets/" + "d".repeat(64) + "?kind=marc&file=" + "f".repeat(128), TEN), 201);

        assertRefused(client.put("/datasets/" + "d".repeat(65) + "?kind=marc&file=a", TEN), 400, "invalid-request");
        assertRefused(client.put("/datasets/d?kind=marc&file=" + "f".repeat(129), TEN), 400, "invalid-request");
    }

    @Test
    void listsEverythingThatIsWrongWithAQuery() throws Exception {
        var missing = tree(client.put("/datasets/d", TEN), 400);
        var wrong = tree(client.put("/datasets/d?kind=mark&file=%2f&fil=x", TEN), 400);

        assertThat(missing.path("errors").findValuesAsString("pointer")).containsExactly("?kind", "?file");
        assertThat(wrong.path("errors").findValuesAsString("pointer")).containsExactly("?kind", "?file", "?fil");
        assertThat(wrong.at("/errors/0/message").asString())
                .startsWith("kind \"mark\" is none of ")
                .contains("marc");
    }

    @Test
    void refusesAFileThatIsTooLargeWhetherItSaysSoOrNot() throws Exception {
        var large = new byte[MIB + 1];

        assertRefused(client.put("/datasets/d?kind=marc&file=a.mrc", large), 413, "too-large");
        assertRefused(client.putChunked("/datasets/d?kind=marc&file=a.mrc", large), 413, "too-large");
        assertRefused(client.put("/datasets/d?kind=marc&file=a.mrc", Mrc.gzip(Mrc.file(0, 20_000))), 413, "too-large");
        assertThat(files()).isEmpty();
    }

    @Test
    void saysWhereAFileBreaksItsFormat() throws Exception {
        var packed = Mrc.gzip(TEN);
        var cut = java.util.Arrays.copyOf(packed, packed.length - 9);

        var noRecord = tree(client.put("/datasets/d?kind=marc&file=a.mrc", "no record".getBytes(US_ASCII)), 422);
        var broken = tree(client.put("/datasets/d?kind=marc&file=a.mrc.gz", cut), 422);

        assertThat(noRecord.path("code").asString()).isEqualTo("invalid-dataset");
        assertThat(noRecord.path("file").asString()).isEqualTo("a.mrc");
        assertThat(noRecord.path("byte").asLong(-1)).isZero();
        assertThat(broken.path("code").asString()).isEqualTo("invalid-dataset");
        assertThat(broken.path("file").asString()).isEqualTo("a.mrc.gz");
        assertThat(broken.path("byte").asLong(-1)).isEqualTo(cut.length);
        assertRefused(client.get("/datasets/d"), 404, "unknown-dataset");
        assertThat(files()).isEmpty();
    }

    @Test
    void leavesADatasetAsItWasWhereAFurtherFileIsRefused() throws Exception {
        var dataset = tree(client.put("/datasets/d?kind=marc&file=a.mrc", TEN), 201);

        assertRefused(client.put("/datasets/d/files/b.mrc", new byte[] {1, 2, 3}), 422, "invalid-dataset");

        assertThat(tree(client.get("/datasets/d"), 200)).isEqualTo(dataset);
        assertThat(files()).hasSize(1);
    }

    @Test
    void leavesNothingOfAnUploadThatBreaksOffAndCallsItNoDefect(CapturedOutput output) throws Exception {
        try (var socket = new Socket("127.0.0.1", port)) {
            var head =
                    "PUT /api/v1/datasets/d?kind=marc&file=a.mrc HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(US_ASCII));
            socket.getOutputStream().write(TEN);
            socket.getOutputStream().flush();
            await().until(() -> !files().isEmpty());
        }

        await().untilAsserted(() -> assertThat(files()).isEmpty());
        assertThat(entries()).isEmpty();
        assertThat(output.getAll()).doesNotContain("failed: PUT");
        assertRefused(client.get("/datasets/d"), 404, "unknown-dataset");
    }

    @Test
    void listsDatasetsNewestFirstPageByPage() throws Exception {
        for (var name : List.of("x", "y", "z")) {
            tree(client.put("/datasets/" + name + "?kind=marc&file=a.mrc", TEN), 201);
        }

        var first = client.get("/datasets?kind=marc&limit=2");
        var page = tree(first, 200);
        assertThat(page.path("items")
                        .valueStream()
                        .map(item -> item.path("name").asString()))
                .containsExactly("z", "y");
        assertThat(page.at("/items/0/facts").isMissingNode()).isTrue();
        assertThat(page.at("/items/0/files/0/name").asString()).isEqualTo("a.mrc");
        assertThat(first.headers().firstValue("Link")).isPresent();
        var rest = tree(
                client.get("/datasets?limit=2&cursor=" + page.path("nextCursor").asString()), 200);
        assertThat(rest.path("items")
                        .valueStream()
                        .map(item -> item.path("name").asString()))
                .containsExactly("x");
        assertThat(rest.path("nextCursor").isNull()).isTrue();
        assertThat(tree(client.get("/datasets?kind=users"), 200).path("items")).isEmpty();
    }

    @Test
    void deletesADatasetWithItsFiles() throws Exception {
        tree(client.put("/datasets/d?kind=marc&file=a.mrc", TEN), 201);

        var deleted = client.delete("/datasets/d");

        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        assertThat(files()).isEmpty();
        assertRefused(client.get("/datasets/d"), 404, "unknown-dataset");
        assertRefused(client.delete("/datasets/d"), 404, "unknown-dataset");
        assertRefused(client.put("/datasets/d/files/b.mrc", TEN), 404, "unknown-dataset");
    }

    @Test
    void keepsADatasetAsItIsWhileAJobWaitsForIt() throws Exception {
        tree(client.put("/datasets/d?kind=marc&file=a.mrc", TEN), 201);
        var job = tree(client.post("/jobs", "{'engine': 'marc', 'workload': {'input': {'dataset': 'd'}}}"), 202);

        var refused = client.delete("/datasets/d");
        assertRefused(refused, 409, "dataset-in-use");
        assertThat(refused.body()).contains(job.path("id").asString());
        assertRefused(client.put("/datasets/d/files/b.mrc", TEN), 409, "dataset-in-use");
        assertThat(files()).hasSize(1);

        tree(client.post("/jobs/" + job.path("id").asString() + "/cancel", ""), 202);
        tree(client.put("/datasets/d/files/b.mrc", TEN), 201);
        assertThat(client.delete("/datasets/d").statusCode()).isEqualTo(204);
    }

    @Test
    void refusesAJobThatNamesNoDatasetOfItsKind() throws Exception {
        var unknown = tree(client.post("/jobs", "{'engine': 'marc', 'workload': {'input': {'dataset': 'none'}}}"), 404);
        assertThat(unknown.path("code").asString()).isEqualTo("unknown-dataset");
        assertThat(unknown.at("/errors/0/pointer").asString()).isEqualTo("/workload/input/dataset");

        tree(client.put("/datasets/d?kind=marc&file=a.mrc", new byte[0]), 201);
        var empty = tree(client.post("/jobs", "{'engine': 'marc', 'workload': {'input': {'dataset': 'd'}}}"), 422);
        assertThat(empty.path("code").asString()).isEqualTo("invalid-workload");
        assertThat(empty.at("/errors/0/message").asString()).contains("holds no record");
    }

    @Test
    void answersARepetitionWithTheSameKeyAsBefore() throws Exception {
        var first = client.put("/datasets/d?kind=marc&file=a.mrc", TEN, "Idempotency-Key", "k");
        var again = client.put("/datasets/d?kind=marc&file=a.mrc", TEN, "Idempotency-Key", "k");

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertRefused(
                client.put("/datasets/d?kind=marc&file=a.mrc", Mrc.file(0, 9), "Idempotency-Key", "k"),
                422,
                "idempotency-key-reused");
        assertThat(files()).hasSize(1);

        var added = client.put("/datasets/d/files/b.mrc", TEN, "Idempotency-Key", "k");
        var addedAgain = client.put("/datasets/d/files/b.mrc", TEN, "Idempotency-Key", "k");
        assertThat(addedAgain.body()).isEqualTo(added.body());
        assertThat(tree(addedAgain, 201).path("files")).hasSize(2);
        assertThat(files()).hasSize(2);
    }

    @Test
    void describesItsOperations() throws Exception {
        var api = client.http()
                .send(
                        java.net.http.HttpRequest.newBuilder(client.root().resolve("/v3/api-docs"))
                                .build(),
                        java.net.http.HttpResponse.BodyHandlers.ofString());

        var put = tree(api, 200).path("paths").path("/api/v1/datasets/{name}").path("put");
        assertThat(put.path("summary").asString()).isEqualTo("Stores a new dataset with its first file");
        assertThat(put.path("parameters").findValuesAsString("name")).contains("kind", "file", "name");
        assertThat(put.path("responses").propertyNames()).contains("201");
        assertThat(put.path("requestBody").toString()).contains("binary");
    }

    /// Files below the datasets' folder, pending ones included.
    private List<Path> files() {
        return entriesOf().filter(Files::isRegularFile).toList();
    }

    /// Everything there but the folder for what is pending.
    private List<Path> entries() {
        return entriesOf()
                .filter(path -> !path.equals(folder) && !path.endsWith("pending"))
                .toList();
    }

    private java.util.stream.Stream<Path> entriesOf() {
        try (var walk = Files.walk(folder, new FileVisitOption[0])) {
            return walk.toList().stream();
        } catch (IOException | java.io.UncheckedIOException e) {
            // Somebody removed a folder while it was walked.
            return java.util.stream.Stream.of(folder.resolve("changing"));
        }
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
