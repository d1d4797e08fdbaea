package ahti.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileAttributeView;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way down to a place, one directory at a time, each opened from the one above and none through a symbolic link: nobody can
 * put a link in between after it was looked at. Where the system cannot do that, or lets us pass through a directory but not read
 * it, the path is used as it stands.
 */
final class Descent {
    private Descent() {}

    /** What is done at the end of the way. */
    @FunctionalInterface
    interface Use<T> {
        T with(Named file) throws IOException;
    }

    /** A name in a directory; what it stands for need not exist. No method follows it when it is a symbolic link. */
    interface Named {
        SeekableByteChannel open(Set<OpenOption> options) throws IOException;

        <V extends FileAttributeView> @Nullable V view(Class<V> type);

        void delete() throws IOException;
    }

    /** Opens a file; {@code options} say that no link is followed. */
    static FileChannel open(FilePlace place, Set<OpenOption> options) throws IOException {
        SeekableByteChannel channel = run(place, file -> file.open(options));
        if (channel instanceof FileChannel file) {
            return file;
        }
        channel.close();
        throw new IOException("no channel of a file but a " + channel.getClass().getName());
    }

    /** Does something at that place; its directories exist, or it fails. */
    static <T> T run(FilePlace place, Use<T> use) throws IOException {
        Optional<SecureDirectoryStream<Path>> directory = down(place);
        if (directory.isEmpty()) {
            return use.with(new OfPath(place.path()));
        }
        try (SecureDirectoryStream<Path> held = directory.get()) {
            return use.with(new OfDirectory(held, place.below().getFileName()));
        }
    }

    @SuppressWarnings("StreamResourceLeak") // the last one is the caller's, and each other is closed by the next
    private static Optional<SecureDirectoryStream<Path>> down(FilePlace place) throws IOException {
        try {
            DirectoryStream<Path> base = Files.newDirectoryStream(place.base());
            if (!(base instanceof SecureDirectoryStream<Path> at)) {
                base.close();
                return Optional.empty();
            }
            for (int i = 0; i < place.below().getNameCount() - 1; i++) {
                try (SecureDirectoryStream<Path> above = at) {
                    at = above.newDirectoryStream(place.below().getName(i), LinkOption.NOFOLLOW_LINKS);
                }
            }
            return Optional.of(at);
        } catch (AccessDeniedException e) {
            return Optional.empty();
        }
    }

    private record OfDirectory(SecureDirectoryStream<Path> directory, Path name) implements Named {
        @Override
        public SeekableByteChannel open(Set<OpenOption> options) throws IOException {
            return directory.newByteChannel(name, options);
        }

        @Override
        public <V extends FileAttributeView> @Nullable V view(Class<V> type) {
            return directory.getFileAttributeView(name, type, LinkOption.NOFOLLOW_LINKS);
        }

        @Override
        public void delete() throws IOException {
            directory.deleteFile(name);
        }
    }

    private record OfPath(Path path) implements Named {
        @Override
        public SeekableByteChannel open(Set<OpenOption> options) throws IOException {
            return FileChannel.open(path, options);
        }

        @Override
        public <V extends FileAttributeView> @Nullable V view(Class<V> type) {
            return Files.getFileAttributeView(path, type, LinkOption.NOFOLLOW_LINKS);
        }

        @Override
        public void delete() throws IOException {
            Files.delete(path);
        }
    }
}
