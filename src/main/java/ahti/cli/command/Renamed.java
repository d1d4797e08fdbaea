package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.ExitCode;
import ahti.metainfo.FileEntry;
import ahti.metainfo.Metainfo;
import java.util.ArrayList;
import java.util.List;

/** A torrent whose file or root directory has another name on our disk; its info hash stays. */
final class Renamed {

    private Renamed() {}

    /** With this name for the first component of every path. */
    static Metainfo root(Metainfo metainfo, String name) {
        if (name.isBlank() || name.equals(".") || name.equals("..") || name.matches("(?s).*[/\\\\\\x00].*")) {
            throw new CommandFailure(
                    ExitCode.BAD_OPTION, "--output: '" + name + "' is not a name; a directory is given with --dir");
        }
        List<FileEntry> files = metainfo.files().stream()
                .map(file -> new FileEntry(
                        renamed(file.path(), name),
                        file.offset(),
                        file.length(),
                        file.attributes(),
                        file.published(),
                        file.target()))
                .toList();
        return new Metainfo(
                metainfo.protocol(),
                metainfo.infoHash(),
                metainfo.infoHashV2(),
                name,
                metainfo.layout(),
                metainfo.hashes(),
                files,
                metainfo.isPrivate(),
                metainfo.trackers(),
                metainfo.webSeeds(),
                metainfo.comment(),
                metainfo.createdBy(),
                metainfo.createdAt(),
                metainfo.source(),
                metainfo.nodes(),
                metainfo.renamings(),
                metainfo.info());
    }

    private static List<String> renamed(List<String> path, String name) {
        List<String> renamed = new ArrayList<>(path);
        renamed.set(0, name);
        return List.copyOf(renamed);
    }
}
