package ahti.cli.play;

import ahti.cli.options.ByteRange;
import ahti.cli.options.ByteRange.Span;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is answered to a request: a pure decision. One range is served (RFC 9110, section 14); whoever asks for several gets
 * everything, which that section allows.
 *
 * @param status of HTTP
 * @param headers besides the length
 * @param length of the body, as it is declared; also when none is sent
 * @param body what is sent; empty for nothing
 */
record Answer(int status, Map<String, String> headers, long length, Optional<FileRun> body) {

    /**
     * What was asked.
     *
     * @param path with its escapes as they were sent
     * @param host the Host header
     * @param range the Range header
     * @param ifRange the If-Range header
     */
    record Question(
            String method, String path, Optional<String> host, Optional<String> range, Optional<String> ifRange) {}

    /**
     * Decides.
     *
     * @param tag what stands for the content of the torrent: the same tag, the same bytes
     * @param local where we listen: nobody who came for another host is served, or any web page could make a browser read here
     */
    static Answer to(Question question, List<ServedFile> files, String tag, InetSocketAddress local) {
        if (!isOurs(question.host(), local)) {
            return refusal(403, Map.of());
        }
        if (!question.method().equals("GET") && !question.method().equals("HEAD")) {
            return refusal(405, Map.of("Allow", "GET, HEAD"));
        }
        for (ServedFile file : files) {
            if (question.path().equals(file.path())) {
                return to(question, file, "\"" + tag + "-" + file.file() + "\"");
            }
        }
        return refusal(404, Map.of());
    }

    private static boolean isOurs(Optional<String> host, InetSocketAddress local) {
        String name = host.orElse("").toLowerCase(Locale.ROOT);
        String port = ":" + local.getPort();
        String bare = name.endsWith(port) ? name.substring(0, name.length() - port.length()) : name;
        return bare.equals("localhost") || bare.equals("127.0.0.1") || bare.equals("[::1]");
    }

    private static Answer to(Question question, ServedFile file, String tag) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept-Ranges", "bytes");
        headers.put("Content-Type", MediaTypes.of(file.name()));
        headers.put("ETag", tag);
        headers.put("X-Content-Type-Options", "nosniff");
        Optional<ByteRange> range =
                question.ifRange().filter(wanted -> !wanted.equals(tag)).isPresent()
                        ? Optional.empty()
                        : question.range().flatMap(Answer::single);
        if (range.isEmpty()) {
            return new Answer(200, headers, file.length(), body(question, file, new Span(0, file.length())));
        }
        Optional<Span> span = range.get().in(file.length());
        if (span.isEmpty()) {
            return refusal(416, Map.of("Content-Range", "bytes */" + file.length()));
        }
        headers.put(
                "Content-Range",
                "bytes " + span.get().from() + "-" + (span.get().to() - 1) + "/" + file.length());
        return new Answer(206, headers, span.get().length(), body(question, file, span.get()));
    }

    private static Optional<FileRun> body(Question question, ServedFile file, Span span) {
        return question.method().equals("HEAD") || span.length() == 0
                ? Optional.empty()
                : Optional.of(new FileRun(file.file(), span.from(), span.to()));
    }

    private static Optional<ByteRange> single(String header) {
        return header.startsWith("bytes=")
                ? ByteRange.tryParse(header.substring("bytes=".length()).strip())
                : Optional.empty();
    }

    private static Answer refusal(int status, Map<String, String> headers) {
        return new Answer(status, headers, 0, Optional.empty());
    }
}
