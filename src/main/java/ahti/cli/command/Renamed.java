package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.ExitCode;
import ahti.metainfo.FileEntry;
import ahti.metainfo.Metainfo;
import java.util.AbstractList;
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
        List<FileEntry> files = new RenamedFiles(metainfo.files(), name);
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

    /** A view: there may be half a million. */
    private static final class RenamedFiles extends AbstractList<FileEntry> {
        private final List<FileEntry> files;
        private final String name;

        RenamedFiles(List<FileEntry> files, String name) {
            this.files = files;
            this.name = name;
        }

        @Override
        public FileEntry get(int index) {
            FileEntry file = files.get(index);
            List<String> path = new ArrayList<>(file.path());
            path.set(0, name);
            return new FileEntry(
                    path, file.offset(), file.length(), file.attributes(), file.published(), file.target());
        }

        @Override
        public int size() {
            return files.size();
        }
    }
}
