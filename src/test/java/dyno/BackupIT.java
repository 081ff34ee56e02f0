package dyno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dyno.support.Mrc;
import dyno.support.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class BackupIT {

    private static final String SMOKE = """
            {"engine": "checker", "plan": {"mode": "SMOKE"}}
            """;

    @TempDir
    Path folder;

    @Test
    @Tag("long")
    void bringsBackJobsRunsAndDatasets() throws Exception {
        var data = folder.resolve("first");
        String run;
        var first = ServiceProcess.start(data);
        try {
            run = first.finished(first.submit(SMOKE)).path("runId").asString();
            putDataset(first);
            assertThatExceptionOfType(CannotStartException.class)
                    .isThrownBy(() -> Backup.write(data, folder.resolve("refused.zip")))
                    .withMessageContaining("is held by the service with pid " + first.pid());
        } finally {
            // As after a crash: the backup recovers what that left.
            first.kill();
        }
        var file = folder.resolve("backup.zip");
        Backup.write(data, file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        var restored = folder.resolve("second");
        Files.createDirectories(restored.resolve("postgres"));
        linkPrograms(data, restored);
        Backup.read(file, restored);

        try (var second = ServiceProcess.start(restored, "-Xmx1g")) {
            assertThat(second.json("/api/v1/runs/" + run).path("id").asString()).isEqualTo(run);
            assertThat(second.json("/api/v1/datasets/books").path("bytes").asLong())
                    .isPositive();
            assertThat(Files.readString(restored.resolve("node"))).isEqualTo(Files.readString(data.resolve("node")));
            var read = second.finished(second.submit("""
                    {"engine": "marc", "workload": {"input": {"dataset": "books"}}, "plan": {"mode": "SMOKE"}}
                    """));
            assertThat(read.path("state").asString()).as(read.toString()).isEqualTo("SUCCEEDED");
        }
    }

    @Test
    void refusesFoldersWithoutADatabaseAndFoldersThatHaveOne() throws IOException {
        assertThatExceptionOfType(CannotStartException.class)
                .isThrownBy(() -> Backup.write(folder, folder.resolve("backup.zip")))
                .withMessageContaining("no embedded database");

        Files.createDirectories(folder.resolve("datasets/kept"));
        assertThatExceptionOfType(CannotStartException.class)
                .isThrownBy(() -> Backup.read(zip(folder.resolve("a.zip"), "dyno-backup-1"), folder))
                .withMessageContaining("is there already");
    }

    @Test
    void leavesNothingOfABackupThatIsNone() throws IOException {
        var data = folder.resolve("data");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Backup.read(zip(folder.resolve("a.zip"), "readme"), data))
                .withMessageContaining("is no backup of Dyno");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() ->
                        Backup.read(zip(folder.resolve("b.zip"), "dyno-backup-1", "datasets/x", "../outside"), data))
                .withMessageContaining("outside of the folder");

        assertThat(data.resolve("datasets")).isEmptyDirectory();
        assertThat(folder.resolve("outside")).doesNotExist();
        BackupArchive.requireRoom(data);
    }

    @Test
    void takesNothingFromABackupThatIsCutOff() throws IOException {
        var data = folder.resolve("data");
        var whole = zip(folder.resolve("whole.zip"), "dyno-backup-1", "datasets/", "datasets/x", "spool/");
        var bytes = Files.readAllBytes(whole);
        var cut = folder.resolve("cut.zip");

        for (int length = bytes.length - 1; length > 60; length--) {
            Files.write(cut, Arrays.copyOf(bytes, length));
            assertThatIOException().as("%d of %d bytes", length, bytes.length).isThrownBy(() -> Backup.read(cut, data));
        }

        assertThatIOException().isThrownBy(() -> Backup.read(cut, data)).withMessageContaining("is not whole");
        assertThat(data.resolve("datasets")).isEmptyDirectory();
        BackupArchive.requireRoom(data);
    }

    private static Path zip(Path file, String... entries) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
            }
        }
        return file;
    }

    private static void linkPrograms(Path from, Path to) throws IOException {
        try (var programs = Files.newDirectoryStream(from.resolve("postgres"), "binaries-*")) {
            for (var version : programs) {
                Files.createSymbolicLink(to.resolve("postgres").resolve(version.getFileName()), version.toRealPath());
            }
        }
    }

    private static void putDataset(ServiceProcess service) throws Exception {
        var request = HttpRequest.newBuilder(service.uri("/api/v1/datasets/books?kind=marc&file=a.mrc"))
                .PUT(BodyPublishers.ofByteArray(Mrc.file(1, 3)))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
    }
}
