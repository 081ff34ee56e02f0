package dyno.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostLockTest {

    @TempDir
    private Path folder;

    @Test
    void isHeldByOneAtATime() throws Exception {
        try (var one = HostLock.in(folder);
                var other = HostLock.in(folder)) {
            assertThat(one.tryAcquire()).isTrue();
            assertThat(one.tryAcquire()).isTrue();
            assertThat(other.tryAcquire()).isFalse();

            one.release();

            assertThat(other.tryAcquire()).isTrue();
        }
    }

    @Test
    void goesToTheOneThatWaits() throws Exception {
        try (var busy = HostLock.in(folder);
                var waiting = HostLock.in(folder)) {
            assertThat(busy.tryAcquire()).isTrue();
            assertThat(waiting.tryAcquire()).isFalse();
            busy.release();

            assertThat(busy.tryAcquire()).isFalse();
            assertThat(waiting.tryAcquire()).isTrue();
        }
    }

    @Test
    void isFreeForOthersOnceAWaiterWithdraws() throws Exception {
        try (var busy = HostLock.in(folder);
                var waiting = HostLock.in(folder)) {
            assertThat(busy.tryAcquire()).isTrue();
            assertThat(waiting.tryAcquire()).isFalse();
            waiting.withdraw();
            busy.release();

            assertThat(busy.tryAcquire()).isTrue();
        }
    }

    @Test
    void isFreeOnceItsHolderIsClosed() throws Exception {
        try (var gone = HostLock.in(folder)) {
            assertThat(gone.tryAcquire()).isTrue();
        }
        try (var next = HostLock.in(folder)) {
            assertThat(next.tryAcquire()).isTrue();
        }
    }

    @Test
    void mayBeTakenByOtherUsersOfTheHost() throws Exception {
        try (var lock = HostLock.in(folder);
                var files = Files.list(folder)) {
            assertThat(lock.tryAcquire()).isTrue();
            assertThat(files)
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                            .isEqualTo(PosixFilePermissions.fromString("rw-rw-rw-")));
        }
    }
}
