package ahti.testkit.disk;

import java.nio.ByteBuffer;
import java.util.Random;

/** Something that was done to a file and need not be on the device yet. */
sealed interface Change {
    /** What a device writes at once: all of it or nothing. */
    int SECTOR = 512;

    /** Does it. */
    void applyTo(FileImage image);

    /** Does to an image what a power cut leaves of it: all, nothing, or some runs of sectors. */
    default void applyRemainsTo(FileImage image, Random random) {
        if (random.nextBoolean()) {
            applyTo(image);
        }
    }

    /** A change of one run of bytes. */
    sealed interface OfRun extends Change {
        long from();

        long to();

        /** Only so much of it. */
        Change within(long from, long to);

        @Override
        default void applyRemainsTo(FileImage image, Random random) {
            int fate = random.nextInt(3);
            if (fate == 0) {
                applyTo(image);
            } else if (fate == 1) {
                tear(image, random);
            }
        }

        private void tear(FileImage image, Random random) {
            boolean kept = random.nextBoolean();
            for (long at = from(); at < to(); kept = !kept) {
                int left = (int) Math.min(Integer.MAX_VALUE, (to() - at) / SECTOR + 1);
                long end = Math.min(to(), (at / SECTOR + 1 + random.nextInt(left)) * SECTOR);
                if (kept) {
                    within(at, end).applyTo(image);
                }
                at = end;
            }
        }
    }

    /** Bytes were written that are what they should be. */
    record Content(long from, long to) implements OfRun {
        @Override
        public void applyTo(FileImage image) {
            image.putContent(from, to);
        }

        @Override
        public Change within(long from, long to) {
            return new Content(from, to);
        }
    }

    /** Bytes were written. */
    record Bytes(long from, ByteBuffer bytes) implements OfRun {
        @Override
        public long to() {
            return from + bytes.remaining();
        }

        @Override
        public void applyTo(FileImage image) {
            image.put(from, bytes);
        }

        @Override
        public Change within(long start, long end) {
            return new Bytes(start, bytes.slice((int) (start - from), (int) (end - start)));
        }
    }

    /** Zeros were written behind the end of the file. */
    record Reserve(long from, long to) implements OfRun {
        @Override
        public void applyTo(FileImage image) {
            image.allocate(from, to);
        }

        @Override
        public Change within(long from, long to) {
            return new Reserve(from, to);
        }
    }

    /** The file was cut off. */
    record Cut(long length) implements Change {
        @Override
        public void applyTo(FileImage image) {
            image.truncate(length);
        }
    }
}
