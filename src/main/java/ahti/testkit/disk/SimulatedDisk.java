package ahti.testkit.disk;

import ahti.core.Bitfield;
import ahti.disk.FilePlace;
import ahti.disk.FileState;
import ahti.disk.FileStore;
import ahti.testkit.content.SimulatedTorrent;
import ahti.testkit.disk.Operation.Kind;
import ahti.testkit.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A file system in memory and in virtual time: slow, full, broken or forgetful on request.
 *
 * <pre>{@code
 * SimulatedDisk disk = new SimulatedDisk(time, seed);
 * disk.holds(torrent, Path.of("/seed"));         // a seeder's files: computed, not kept
 * disk.expects(torrent, Path.of("/downloads"));  // a leecher's: what is as it should be is not kept either
 * disk.speed(DiskSpeed.TURNING).fullAt(1 << 30).inject(Fault.on(Kind.READ).once().fails("Input/output error"));
 * }</pre>
 *
 * <p>It is one device: operations happen one after the other, each at its cost. A disk with a speed makes its callers wait
 * in virtual time, so {@link VirtualTime#mayBlock} must allow it where they run ({@code ahti.disk-dispatcher}, {@code
 * ahti.force-dispatcher} and {@code ahti.check-dispatcher}). For one thread at a time. The same seed and the same calls
 * give the same disk.
 */
public final class SimulatedDisk implements FileStore {
    /** When virtual time began, by the clock of the file system. */
    public static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private final SimulatedFiles files;
    private final Device device;

    /** An empty disk on which everything succeeds at once. */
    public SimulatedDisk(VirtualTime time, long seed) {
        // Random's first numbers hardly differ from one small seed to the next.
        this.files = new SimulatedFiles(time, new Random(new SplittableRandom(seed).nextLong()));
        this.device = files.device();
    }

    /** From now on operations cost that. */
    public SimulatedDisk speed(DiskSpeed speed) {
        device.speed(speed);
        return this;
    }

    /** It has room for so many bytes, all files together. */
    public SimulatedDisk fullAt(long bytes) {
        files.mount().capacity(bytes);
        return this;
    }

    /** It has room for whatever comes. */
    public SimulatedDisk neverFull() {
        return fullAt(Mount.NO_LIMIT);
    }

    /** Whether it was mounted such that nothing can be changed. */
    public SimulatedDisk readOnly(boolean readOnly) {
        files.mount().readOnly(readOnly);
        return this;
    }

    /** Takes away a directory with all that is in it, as when a cable is pulled; what is open there fails. */
    public SimulatedDisk unplug(Path directory) {
        files.mount().unplug(SimulatedFiles.normal(directory));
        return this;
    }

    /** Brings back what was unplugged, as it was. */
    public SimulatedDisk plugIn(Path directory) {
        files.mount().plugIn(SimulatedFiles.normal(directory));
        return this;
    }

    /** Whatever lies below this directory, now and later, is on a disk of its own, which {@link #unmount} takes away. */
    public SimulatedDisk mount(Path directory) throws IOException {
        files.mount().mounted(SimulatedFiles.normal(directory));
        files.tree().makeDirectories(SimulatedFiles.normal(directory));
        return this;
    }

    /**
     * Takes away what was mounted there. An empty directory is left, which can be written: it is on the disk around it. What is
     * open goes on working, as after a lazy unmount.
     */
    public SimulatedDisk unmount(Path directory) {
        files.unmount(SimulatedFiles.normal(directory));
        return this;
    }

    /** Mounts again what was taken away, as it was. What was written to the directory meanwhile is hidden for good. */
    public SimulatedDisk remount(Path directory) {
        files.remount(SimulatedFiles.normal(directory));
        return this;
    }

    /** From now on this goes wrong, until it is lifted. Of several faults that strike, the one injected first does. */
    public ActiveFault inject(Fault fault) {
        return device.inject(fault);
    }

    /** Lifts all faults. Does not touch {@link #fullAt}, {@link #readOnly} and {@link #unplug}. */
    public SimulatedDisk liftFaults() {
        device.liftAll();
        return this;
    }

    /** Puts the files of a torrent, complete, below a directory: they are computed. */
    public SimulatedDisk holds(SimulatedTorrent torrent, Path directory) {
        return holds(torrent, directory, Bitfield.all(torrent.pieces()));
    }

    /** Puts the files of a torrent below a directory, with these pieces and holes for the others. */
    public SimulatedDisk holds(SimulatedTorrent torrent, Path directory, Bitfield pieces) {
        expects(torrent, directory);
        onDisk(torrent, directory)
                .images(pieces, files::emptyImage)
                .forEach((path, image) -> files.tree().place(path, new StoredFile(image, files.moment())));
        return this;
    }

    /**
     * Lets the disk know what the files of a torrent below a directory should have. Of what is written there, bytes that are
     * right are kept as "this range is right". To be said before the files exist.
     */
    public SimulatedDisk expects(SimulatedTorrent torrent, Path directory) {
        files.expectations().add(torrent, SimulatedFiles.normal(directory));
        return this;
    }

    /**
     * The pieces of a torrent of which every byte is in the files below a directory now, and right. It must have been
     * {@link #expects expected} there.
     */
    public Bitfield pieces(SimulatedTorrent torrent, Path directory) {
        return onDisk(torrent, directory)
                .pieces(path -> Optional.ofNullable(files.tree().file(path)).map(StoredFile::now));
    }

    /**
     * The pieces of a torrent that are on the device, whole and right. A power cut takes none of them, unless what was done
     * since destroyed them.
     */
    public Bitfield forcedPieces(SimulatedTorrent torrent, Path directory) {
        return onDisk(torrent, directory)
                .pieces(path -> Optional.ofNullable(files.tree().onDevice(path)).map(StoredFile::onDevice));
    }

    /** All files, by path; those that are unplugged, too. */
    public Map<Path, FileState> files() {
        Map<Path, FileState> states = new TreeMap<>();
        files.tree().files().forEach((path, file) -> states.put(path, SimulatedFiles.state(file)));
        return states;
    }

    /** The bytes of a file; empty when there is none. */
    public Optional<byte[]> bytes(Path path) {
        return Optional.ofNullable(files.tree().file(SimulatedFiles.normal(path)))
                .map(file -> file.now().bytes());
    }

    /** Bytes that the files take; holes take none. */
    public long used() {
        return files.used();
    }

    /** Tells of each write, when it has changed the file and before the writer goes on. */
    public SimulatedDisk onWrite(WriteObserver observer) {
        files.observe(observer);
        return this;
    }

    /** Operations so far. */
    public long operations() {
        return device.operations();
    }

    /** Operations of that kind so far. */
    public long operations(Kind kind) {
        return device.operations(kind);
    }

    /** The last 1000 operations, in the order in which they ended. */
    public List<Step> transcript() {
        return device.transcript();
    }

    /** Files held open, in the order in which they were opened: path, and what for. */
    public List<String> openFiles() {
        return files.openFiles();
    }

    /** Files locked, by path. */
    public List<Path> locked() {
        return files.locked();
    }

    /** The process is killed: what it has open fails from now on, its locks are free, everything it wrote is there. */
    public void kill() {
        device.endLife();
        files.forgetOwner();
    }

    /**
     * The machine loses its power: what was not forced is there, gone, or torn, each write for itself, by the seed. Until
     * {@link #powerOn} every operation fails, and what was open fails for ever.
     */
    public void cutPower() {
        device.cutPower();
    }

    /** The machine has power again. */
    public void powerOn() {
        device.powerOn();
    }

    /** The machine loses its power and has it again at once. */
    public void crash() {
        cutPower();
        powerOn();
    }

    private TorrentOnDisk onDisk(SimulatedTorrent torrent, Path directory) {
        return new TorrentOnDisk(torrent, SimulatedFiles.normal(directory));
    }

    @Override
    public OpenFile open(FilePlace place, Access access) throws IOException {
        return files.open(place, access);
    }

    @Override
    public Optional<FileState> look(FilePlace place) throws IOException {
        return files.look(place);
    }

    @Override
    public void checkWritable(FilePlace place) throws IOException {
        files.checkWritable(place);
    }

    @Override
    public void makeDirectory(Path directory) throws IOException {
        files.makeDirectory(directory);
    }

    @Override
    public long usableSpace(Path directory) throws IOException {
        return files.usableSpace(directory);
    }

    /** No operation of the device: the system knows it. */
    @Override
    public Optional<Path> mountPoint(Path path) {
        return files.mountPoint(path);
    }

    @Override
    public void delete(Path file) throws IOException {
        files.delete(file);
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        files.replace(file, content);
    }

    @Override
    public Optional<byte[]> readSmall(Path file, int most) throws IOException {
        return files.readSmall(file, most);
    }

    /** Takes no time, whatever the speed: engines lock where they must not wait. */
    @Override
    public LockResult lock(Path file, String note) throws IOException {
        return files.lock(file, note);
    }
}
