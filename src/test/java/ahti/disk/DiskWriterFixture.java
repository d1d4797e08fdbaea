package ahti.disk;

import ahti.ActorKit;
import ahti.config.DiskConfig;
import ahti.core.Bitfield;
import ahti.core.PieceSet;
import ahti.disk.SampleTorrent.Part;
import ahti.metainfo.FileSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A disk writer over a small torrent, and probes for its answers. */
abstract class DiskWriterFixture {
    static final DiskConfig CONFIG = new DiskConfig(4, false, 1, true);

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @TempDir
    Path scratch;

    /** Pieces of 16: 0 and 1 in a, 2 in a and b, 3 in b, 4 in b and c; d is empty, and e is a link to a. */
    final SampleTorrent torrent = SampleTorrent.of(
            16,
            Part.file("sample/a", 40),
            Part.file("sample/deep/b", 30),
            Part.file("sample/c", 10),
            Part.file("sample/deep/er/d", 0),
            Part.link("sample/deep/e", "sample/a"));

    Path base;
    Path state;
    TestProbe<DiskWriter.PrepareReply> prepared;
    TestProbe<DiskWriter.StoreReply> stored;
    TestProbe<DiskWriter.ReadReply> read;
    TestProbe<PieceInspector.Answer> checked;
    TestProbe<DiskWriter.Closed> closed;

    @BeforeEach
    void probes() {
        base = scratch.resolve("downloads");
        state = scratch.resolve("state");
        prepared = kit.probe();
        stored = kit.probe();
        read = kit.probe();
        checked = kit.probe();
        closed = kit.probe();
    }

    ActorRef<DiskWriter.Command> disk() {
        return disk(new RealFileStore(), Set.of(), false, false);
    }

    ActorRef<DiskWriter.Command> disk(FileStore store, Set<Integer> selected, boolean checkAll, boolean readOnly) {
        return kit.spawn(DiskWriter.create(new DiskWriter.Settings(
                torrent.metainfo(), base, files(selected), Optional.of(state), checkAll, readOnly, CONFIG, store)));
    }

    /** These, or all of them. */
    static FileSelection files(Set<Integer> selected) {
        return selected.isEmpty() ? FileSelection.all() : FileSelection.only(selected);
    }

    ActorRef<DiskWriter.Command> preparedDisk() {
        ActorRef<DiskWriter.Command> disk = disk();
        prepare(disk);
        return disk;
    }

    DiskWriter.Prepared preparedAnew() {
        return prepare(disk());
    }

    DiskWriter.Prepared prepare(ActorRef<DiskWriter.Command> disk) {
        disk.tell(new DiskWriter.Prepare(prepared.ref()));
        return prepared.expectMessageClass(DiskWriter.Prepared.class);
    }

    void storeAll(ActorRef<DiskWriter.Command> disk) {
        for (int piece = 0; piece < torrent.pieces(); piece++) {
            store(disk, piece);
        }
    }

    void store(ActorRef<DiskWriter.Command> disk, int piece) {
        disk.tell(new DiskWriter.Store(piece, torrent.blocks(piece), stored.ref()));
        stored.expectMessage(new DiskWriter.Stored(piece));
    }

    /** Has one piece read from where it lies, and compared. */
    PieceInspector.Answer check(ActorRef<DiskWriter.Command> disk, int piece) {
        disk.tell(new DiskWriter.Check(List.of(piece), kit.spawn(PieceInspector.create()), checked.ref()));
        return checked.receiveMessage();
    }

    static PieceInspector.Answer right(int piece) {
        return new PieceInspector.Checked(List.of(piece), List.of(piece));
    }

    void remember(ActorRef<DiskWriter.Command> disk, Bitfield pieces) {
        disk.tell(new DiskWriter.Remember(pieces, stored.ref()));
        stored.expectMessage(DiskWriter.Remembered.INSTANCE);
    }

    void close(ActorRef<DiskWriter.Command> disk) {
        disk.tell(new DiskWriter.Close(closed.ref()));
        closed.expectMessage(DiskWriter.Closed.INSTANCE);
    }

    static Bitfield pieces(int... set) {
        PieceSet pieces = new PieceSet(5);
        for (int piece : set) {
            pieces.add(piece);
        }
        return pieces.toBitfield();
    }

    static List<String> names(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
