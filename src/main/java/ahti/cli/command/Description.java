package ahti.cli.command;

import ahti.cli.env.Json;
import ahti.metainfo.FileEntry;
import ahti.metainfo.Metainfo;
import ahti.metainfo.ReadResult;
import ahti.metainfo.Renaming;
import ahti.metainfo.V2Summary;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** What {@code info} tells of a torrent, whatever its version. Padding is no file of it. */
record Description(
        String name,
        Metainfo.Protocol protocol,
        Optional<String> infoHashV1,
        Optional<String> infoHashV2,
        int pieceLength,
        int pieces,
        long size,
        boolean isPrivate,
        List<FileEntry> files,
        List<List<String>> trackers,
        List<String> webSeeds,
        Optional<String> comment,
        Optional<String> createdBy,
        Optional<Instant> createdAt,
        Optional<String> source,
        List<Renaming> renamings) {

    /** Of what was read. */
    static Description of(ReadResult result) {
        if (result instanceof ReadResult.Ok ok) {
            return of(ok.metainfo());
        }
        if (result instanceof ReadResult.V2Only v2) {
            return of(v2.summary());
        }
        throw new IllegalArgumentException("nothing to describe: " + result);
    }

    private static Description of(Metainfo metainfo) {
        return new Description(
                metainfo.name(),
                metainfo.protocol(),
                Optional.of(metainfo.infoHash().hex()),
                metainfo.infoHashV2().map(hash -> hash.hex()),
                metainfo.layout().pieceLength(),
                metainfo.layout().pieces(),
                metainfo.contentLength(),
                metainfo.isPrivate(),
                withoutPads(metainfo.files()),
                metainfo.trackers(),
                metainfo.webSeeds(),
                metainfo.comment(),
                metainfo.createdBy(),
                metainfo.createdAt(),
                metainfo.source(),
                metainfo.renamings());
    }

    private static Description of(V2Summary v2) {
        return new Description(
                v2.name(),
                Metainfo.Protocol.V2,
                Optional.empty(),
                Optional.of(v2.infoHashV2().hex()),
                v2.pieceLength(),
                v2.pieces(),
                v2.contentLength(),
                v2.isPrivate(),
                withoutPads(v2.files()),
                v2.trackers(),
                v2.webSeeds(),
                v2.comment(),
                v2.createdBy(),
                v2.createdAt(),
                v2.source(),
                v2.renamings());
    }

    /** A view: there may be half a million. */
    private static List<FileEntry> withoutPads(List<FileEntry> files) {
        int[] which = IntStream.range(0, files.size())
                .filter(index -> !files.get(index).isPad())
                .toArray();
        return new AbstractList<>() {
            @Override
            public FileEntry get(int index) {
                return files.get(which[index]);
            }

            @Override
            public int size() {
                return which.length;
            }
        };
    }

    /** The object that {@code info --json} prints; its members are a promise to programs. */
    Json json() {
        return new Json()
                .put("name", name)
                .put("protocol", protocol.name().toLowerCase(Locale.ROOT))
                .put("infoHashV1", infoHashV1)
                .put("infoHashV2", infoHashV2)
                .put("pieceLength", pieceLength)
                .put("pieces", pieces)
                .put("size", size)
                .put("private", isPrivate)
                .put("files", files.stream().map(Description::json).toList())
                .put("trackers", trackers)
                .put("webSeeds", webSeeds)
                .put("comment", comment)
                .put("createdBy", createdBy)
                .put("createdAt", createdAt);
    }

    private static Json json(FileEntry file) {
        return new Json().put("path", String.join("/", file.path())).put("length", file.length());
    }
}
