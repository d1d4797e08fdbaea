package ahti.realpeers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a program over HTTP. Knows no JSON: what matters in the answers are flat numbers. */
final class Rpc {
    private static final String TRANSMISSION_SESSION = "X-Transmission-Session-Id";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI uri;
    private String session = "none";

    Rpc(int port, String path) {
        this.uri = URI.create("http://127.0.0.1:" + port + path);
    }

    /** The answer to a question; empty while the program does not answer yet. */
    Optional<String> ask(String question) {
        return send(HttpRequest.BodyPublishers.ofString(question), "POST");
    }

    /** What is there to see; empty while the program does not answer yet. */
    Optional<String> get() {
        return send(HttpRequest.BodyPublishers.noBody(), "GET");
    }

    private Optional<String> send(HttpRequest.BodyPublisher body, String method) {
        try {
            HttpResponse<String> answer = exchange(body, method);
            Optional<String> wanted = answer.headers().firstValue(TRANSMISSION_SESSION);
            if (answer.statusCode() == 409 && wanted.isPresent()) {
                session = wanted.get();
                answer = exchange(body, method);
            }
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException notYet) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> exchange(HttpRequest.BodyPublisher body, String method)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(5))
                .header(TRANSMISSION_SESSION, session)
                .method(method, body)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Transmission's name for its own run. */
    String session() {
        return session;
    }

    /** A number of an answer, with or without quotes; -1 where it is missing. */
    static long number(String answer, String name) {
        Matcher matcher = Pattern.compile('"' + name + "\"\\s*:\\s*\"?(\\d+)").matcher(answer);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
    }
}
