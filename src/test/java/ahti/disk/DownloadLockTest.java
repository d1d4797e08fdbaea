package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.InfoHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DownloadLockTest {
    private static final InfoHash HASH = InfoHash.parse("0123456789abcdef0123456789abcdef01234567");
    private static final InfoHash OTHER = InfoHash.parse("1123456789abcdef0123456789abcdef01234567");

    @TempDir
    Path scratch;

    @Test
    void oneProcessHoldsADownloadOnce() {
        try (DownloadLock first = held(scratch)) {
            assertThat(first).isNotNull();
            String us = "process " + ProcessHandle.current().pid();
            assertThat(attempt(scratch)).isEqualTo(new DownloadLock.Taken(scratch.resolve(HASH.hex() + ".lock"), us));
            assertThat(DownloadLock.tryLock(new RealFileStore(), scratch, OTHER))
                    .isInstanceOf(DownloadLock.Held.class);
        }
        held(scratch).close();
    }

    @Test
    void theSameDirectoryByAnotherNameIsTheSameLock() throws IOException {
        Path link = Files.createSymbolicLink(scratch.resolve("link"), Files.createDirectory(scratch.resolve("state")));

        try (DownloadLock first = held(scratch.resolve("state"))) {
            assertThat(first).isNotNull();
            assertThat(attempt(link)).isInstanceOf(DownloadLock.Taken.class);
        }
    }

    @Test
    @Timeout(60)
    void anotherProcessIsNamedAndLosesItsLockWithItsLife() throws Exception {
        Process other = otherProcess();
        try {
            assertThat(other.getInputStream().read())
                    .as("the other process holds it")
                    .isEqualTo('h');

            assertThat(attempt(scratch))
                    .isEqualTo(new DownloadLock.Taken(scratch.resolve(HASH.hex() + ".lock"), "process " + other.pid()));
        } finally {
            other.destroyForcibly();
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        held(scratch).close();
    }

    @Test
    @Timeout(60)
    void askingAgainWhileHoldingItDoesNotGiveItToAnotherProcess() throws Exception {
        try (DownloadLock lock = held(scratch)) {
            assertThat(lock).isNotNull();
            assertThat(attempt(scratch)).isInstanceOf(DownloadLock.Taken.class);

            Process other = otherProcess();
            try {
                assertThat(other.getInputStream().read()).as("it is taken").isEqualTo('t');
            } finally {
                other.destroyForcibly();
                assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void aStateDirectoryThatCannotBeMadeIsAProblem() throws IOException {
        Path file = Files.createFile(scratch.resolve("file"));

        assertThat(attempt(file)).isInstanceOf(DownloadLock.Untried.class);
    }

    private static DownloadLock held(Path state) {
        DownloadLock.Attempt attempt = attempt(state);
        assertThat(attempt).isInstanceOf(DownloadLock.Held.class);
        return ((DownloadLock.Held) attempt).lock();
    }

    private static DownloadLock.Attempt attempt(Path state) {
        return DownloadLock.tryLock(new RealFileStore(), state, HASH);
    }

    private Process otherProcess() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        scratch.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The other process: tries to take the lock, says h when it holds it and t when it is taken, and waits for its end. */
    static final class Holder {
        public static void main(String[] args) throws IOException {
            DownloadLock.Attempt attempt = attempt(Path.of(args[0]));
            java.io.OutputStream out = new java.io.FileOutputStream(java.io.FileDescriptor.out);
            out.write(attempt instanceof DownloadLock.Held ? 'h' : 't');
            out.flush();
            System.in.read();
        }
    }
}
