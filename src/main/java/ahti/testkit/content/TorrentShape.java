package ahti.testkit.content;

import ahti.bencode.DictBuilder;
import ahti.bencode.ListBuilder;
import ahti.core.Limits;
import ahti.core.PieceHash;
import ahti.core.PieceLayout;
import ahti.hash.PieceDigest;
import ahti.metainfo.MetainfoReader;
import ahti.metainfo.ReadResult;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Describes a {@link SimulatedTorrent}: one file, by {@link #pieces} or {@link #length}, or several, by {@link #file} in
 * their order. Nothing else need be said.
 */
public final class TorrentShape {
    private static final int PORTION = 64 * 1024;

    private final int pieceLength;
    private final List<Part> parts = new ArrayList<>();
    private final List<String> trackers = new ArrayList<>();
    private long seed;
    private String name = "simulated";
    private long length;
    private boolean padded;
    private boolean isPrivate;
    private int distinct = Integer.MAX_VALUE;

    private record Part(List<String> path, long length, boolean pad) {}

    TorrentShape(int pieceLength) {
        this.pieceLength = pieceLength;
    }

    /** What the bytes are computed from; 0 unless said. Another seed gives another torrent. */
    public TorrentShape seed(long seed) {
        this.seed = seed;
        return this;
    }

    /** What it is called, and its one file, or the directory of its files: {@code simulated} unless said. */
    public TorrentShape name(String name) {
        this.name = name;
        return this;
    }

    /** One file of so many whole pieces. */
    public TorrentShape pieces(int count) {
        return length((long) count * pieceLength);
    }

    /** One file of so many bytes; the last piece may be shorter. */
    public TorrentShape length(long bytes) {
        this.length = bytes;
        return this;
    }

    /** One more file of several; its path is below the torrent's directory, its names parted by {@code /}. */
    public TorrentShape file(String path, long bytes) {
        parts.add(new Part(List.of(path.split("/")), bytes, false));
        return this;
    }

    /** Lets every file begin with a piece, by padding between them (BEP 47). */
    public TorrentShape padded() {
        this.padded = true;
        return this;
    }

    /** Lets pieces repeat after so many, so that the hashes of a huge torrent cost little. */
    public TorrentShape distinct(int pieces) {
        this.distinct = pieces;
        return this;
    }

    /** One more tracker, in a tier of its own (BEP 12). */
    public TorrentShape tracker(String url) {
        trackers.add(url);
        return this;
    }

    /** Peers may come from its trackers only (BEP 27). */
    public TorrentShape isPrivate() {
        this.isPrivate = true;
        return this;
    }

    /**
     * The torrent.
     *
     * @throws IllegalArgumentException when no .torrent file can say this
     */
    public SimulatedTorrent build() {
        List<Part> files = files();
        Ranges padding = new Ranges();
        long total = 0;
        for (Part file : files) {
            if (file.pad()) {
                padding.add(total, total + file.length());
            }
            total += file.length();
        }
        PieceLayout layout = new PieceLayout(total, pieceLength);
        Content content = new Content(seed, layout, distinct, padding);
        byte[] file = encode(files, hashes(content, layout, padding));
        ReadResult read = MetainfoReader.read(file, Limits.DEFAULT);
        if (read instanceof ReadResult.Ok ok && ok.metainfo().renamings().isEmpty()) {
            return new SimulatedTorrent(ok.metainfo(), content, file);
        }
        throw new IllegalArgumentException("no torrent has this shape: " + read);
    }

    private List<Part> files() {
        if (length > 0 && !parts.isEmpty()) {
            throw new IllegalArgumentException("either one file or several: " + parts);
        }
        List<Part> files = new ArrayList<>();
        long end = 0;
        for (Part part : parts) {
            long lacking = (pieceLength - end % pieceLength) % pieceLength;
            if (padded && lacking > 0) {
                files.add(new Part(List.of(".pad", Long.toString(lacking)), lacking, true));
                end += lacking;
            }
            files.add(part);
            end += part.length();
        }
        return files.isEmpty() ? List.of(new Part(List.of(name), length, false)) : files;
    }

    private static byte[] hashes(Content content, PieceLayout layout, Ranges padding) {
        ByteBuffer hashes = ByteBuffer.allocate(Math.multiplyExact(layout.pieces(), PieceHash.SHA1_LENGTH));
        TreeMap<Integer, byte[]> known = new TreeMap<>();
        for (int piece = 0; piece < layout.pieces(); piece++) {
            long from = layout.offset(piece);
            int length = layout.length(piece);
            boolean plain = length == layout.pieceLength() && padding.count(from, from + length) == 0;
            hashes.put(
                    plain && content.repeats()
                            ? known.computeIfAbsent(content.kind(piece), kind -> hash(content, from, length))
                            : hash(content, from, length));
        }
        return hashes.array();
    }

    private static byte[] hash(Content content, long offset, int length) {
        MessageDigest sha1 = PieceDigest.newSha1();
        ByteBuffer portion = ByteBuffer.allocate(Math.min(PORTION, length));
        for (int at = 0; at < length; at += PORTION) {
            portion.clear().limit(Math.min(PORTION, length - at));
            content.read(offset + at, portion);
            sha1.update(portion.flip());
        }
        return sha1.digest();
    }

    private byte[] encode(List<Part> files, byte[] hashes) {
        DictBuilder info = new DictBuilder()
                .put("name", name)
                .put("piece length", pieceLength)
                .put("pieces", hashes);
        if (parts.isEmpty()) {
            info.put("length", length);
        } else {
            ListBuilder list = new ListBuilder();
            files.forEach(file -> list.add(entry(file)));
            info.put("files", list);
        }
        if (isPrivate) {
            info.put("private", 1);
        }
        DictBuilder torrent = new DictBuilder().put("info", info);
        if (!trackers.isEmpty()) {
            ListBuilder tiers = new ListBuilder();
            trackers.forEach(url -> tiers.add(new ListBuilder().addAll(List.of(url))));
            torrent.put("announce", trackers.get(0)).put("announce-list", tiers);
        }
        return torrent.encode();
    }

    private static DictBuilder entry(Part file) {
        DictBuilder entry =
                new DictBuilder().put("length", file.length()).put("path", new ListBuilder().addAll(file.path()));
        return file.pad() ? entry.put("attr", "p") : entry;
    }
}
