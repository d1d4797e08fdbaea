package ahti.testkit.record.inside;

import ahti.net.HttpFetch;
import ahti.net.Resolver;
import ahti.testkit.record.event.Input;
import ahti.testkit.record.event.Output;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What the engine asks and waits for the answer of: over HTTP, and names. */
final class Questions {
    private final Outside outside;
    private final Map<Integer, CompletableFuture<HttpFetch.Reply>> fetches = new LinkedHashMap<>();
    private final Map<Integer, CompletableFuture<Resolver.Reply>> names = new LinkedHashMap<>();
    private int asked;

    Questions(Outside outside) {
        this.outside = outside;
    }

    CompletionStage<HttpFetch.Reply> fetch(HttpFetch.Request request, HttpFetch.Bounds bounds) {
        if (request.range().isPresent()) {
            // A recording holds what peers sent; whoever records leaves web seeds out.
            return CompletableFuture.completedFuture(new HttpFetch.Failed("a recorded engine has no web seeds", true));
        }
        int question = asked++;
        CompletableFuture<HttpFetch.Reply> answer = new CompletableFuture<>();
        fetches.put(question, answer);
        outside.does(new Output.Fetch(
                question,
                request.uri().toString(),
                bounds.timeout().toNanos(),
                bounds.maxBody(),
                bounds.maxRedirects()));
        return answer;
    }

    CompletionStage<Resolver.Reply> resolve(String host) {
        int question = asked++;
        CompletableFuture<Resolver.Reply> answer = new CompletableFuture<>();
        names.put(question, answer);
        outside.does(new Output.Resolve(question, host));
        return answer;
    }

    /** Takes an answer; false when it is none. */
    boolean take(Input input) {
        if (input instanceof Input.Fetched fetched) {
            answer(fetches, fetched.question(), new HttpFetch.Answer(fetched.status(), fetched.body()));
        } else if (input instanceof Input.NotFetched not) {
            answer(fetches, not.question(), new HttpFetch.Failed(not.reason()));
        } else if (input instanceof Input.Resolved resolved) {
            answer(names, resolved.question(), new Resolver.Found(resolved.addresses()));
        } else if (input instanceof Input.NotResolved not) {
            answer(names, not.question(), new Resolver.Unknown(not.reason()));
        } else {
            return false;
        }
        return true;
    }

    private static <T> void answer(Map<Integer, CompletableFuture<T>> waiting, int question, T answer) {
        CompletableFuture<T> asker = waiting.remove(question);
        if (asker != null) {
            asker.complete(answer);
        }
    }
}
