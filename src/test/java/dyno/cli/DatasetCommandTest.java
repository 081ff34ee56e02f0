package dyno.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetCommandTest {

    private static final String BOOKS = """
            {"name": "books", "kind": "marc", "bytes": 2048, "sha256": "0b",
             "files": [{"name": "a.mrc", "bytes": 1024, "sha256": "0a"}, {"name": "b.mrc", "bytes": 1024, "sha256": "0c"}],
             "facts": {"records": 7, "encodings": {"a": 7}, "note": "fine", "firstErrors": [{"code": "PADDING"}]},
             "createdAt": "2026-01-01T00:00:00.000000Z"}""";

    private final PlayedApi api = new PlayedApi();
    private final Played played = new Played();

    @TempDir
    private Path folder;

    @BeforeEach
    void name() {
        played.with("DYNO_SERVER", api.base().toString());
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void uploadsFilesAsANewDataset() throws Exception {
        api.on("PUT /api/v1/datasets/books?kind=marc&file=a.mrc", PlayedApi.json(201, "{}"))
                .on("PUT /api/v1/datasets/books/files/b.mrc", PlayedApi.json(201, BOOKS));
        var a = Files.writeString(folder.resolve("a.mrc"), "first");
        var b = Files.writeString(folder.resolve("b.mrc"), "second");

        assertThat(played.run("dataset", "put", "books", "--kind", "marc", a.toString(), b.toString()))
                .isEqualTo(ExitCode.FINE);

        assertThat(api.requests()).extracting(PlayedApi.Request::body).containsExactly("first", "second");
        assertThat(api.requests().getFirst().header("Expect")).isEqualToIgnoringCase("100-continue");
        assertThat(played.out()).isEqualTo("""
                books  marc  2.00 KiB
                  file    size       sha256
                  a.mrc   1.00 KiB   0a
                  b.mrc   1.00 KiB   0c
                  records: 7
                  encodings: {"a":7}
                  note: fine
                """);
    }

    @Test
    void addsFilesToADataset() throws Exception {
        api.on("PUT /api/v1/datasets/books/files/b.mrc", PlayedApi.json(201, BOOKS));
        var b = Files.writeString(folder.resolve("b.mrc"), "second");

        assertThat(played.run("dataset", "put", "books", b.toString(), "--json"))
                .isEqualTo(ExitCode.FINE);

        assertThat(Json.parse(played.out())).isEqualTo(Json.parse(BOOKS));
    }

    @Test
    void saysWhereAFileIsBroken() throws Exception {
        api.on("PUT /api/v1/datasets/books?kind=marc&file=a.mrc", PlayedApi.json(422, """
                {"title": "The dataset breaks its format", "status": 422, "code": "invalid-dataset",
                 "detail": "No record can be found (file a.mrc, byte 0)", "file": "a.mrc", "byte": 0}"""));
        var a = Files.writeString(folder.resolve("a.mrc"), "first");

        assertThat(played.run("dataset", "put", "books", "--kind", "marc", a.toString()))
                .isEqualTo(ExitCode.USAGE);

        assertThat(played.err())
                .isEqualTo("The dataset breaks its format: No record can be found (file a.mrc, byte 0)\n"
                        + "  (422 invalid-dataset)\n");
    }

    @Test
    void refusesAFileThatIsNotThereBeforeItSendsAny() throws Exception {
        var a = Files.writeString(folder.resolve("a.mrc"), "first");

        assertThat(played.run("dataset", "put", "books", "--kind", "marc", a.toString(), "none.mrc"))
                .isEqualTo(ExitCode.USAGE);

        assertThat(played.err()).isEqualTo("none.mrc is not a file that can be read\n");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void listsDatasetsOfAllPages() {
        api.on(
                        "GET /api/v1/datasets?limit=200",
                        PlayedApi.json(200, "{\"items\": [%s], \"nextCursor\": \"c1\"}".formatted(BOOKS)))
                .on("GET /api/v1/datasets?limit=200&cursor=c1", PlayedApi.json(200, """
                        {"items": [{"name": "old", "kind": "users", "bytes": 1, "files": [{}],
                                    "createdAt": "2025-01-01T00:00:00.000000Z"}], "nextCursor": null}"""));

        assertThat(played.run("dataset", "list")).isEqualTo(ExitCode.FINE);

        assertThat(played.out()).isEqualTo("""
                  dataset   kind    files   size       stored
                  books     marc    2       2.00 KiB   2026-01-01T00:00:00.000000Z
                  old       users   1       1.00 B     2025-01-01T00:00:00.000000Z
                """);
    }

    @Test
    void showsADataset() {
        api.on("GET /api/v1/datasets/books", PlayedApi.json(200, BOOKS));

        assertThat(played.run("dataset", "get", "books")).isEqualTo(ExitCode.FINE);

        assertThat(played.out()).startsWith("books  marc  2.00 KiB\n");
    }

    @Test
    void deletesADataset() {
        api.on("DELETE /api/v1/datasets/books", PlayedApi.answer(204, "", ""));

        assertThat(played.run("dataset", "delete", "books")).isEqualTo(ExitCode.FINE);

        assertThat(played.out()).isEmpty();
        assertThat(api.requestLines()).containsExactly("DELETE /api/v1/datasets/books");
    }

    @Test
    void saysThatADatasetIsInUse() {
        api.on("DELETE /api/v1/datasets/books", PlayedApi.json(409, """
                {"title": "The dataset is in use", "detail": "Dataset books is read by job 7", "code": "dataset-in-use"}"""));

        assertThat(played.run("dataset", "delete", "books")).isEqualTo(ExitCode.USAGE);

        assertThat(played.err()).contains("Dataset books is read by job 7");
    }
}
