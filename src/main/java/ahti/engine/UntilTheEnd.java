package ahti.engine;

import java.util.Optional;
import java.util.concurrent.Flow;
import org.apache.pekko.stream.AbruptStageTerminationException;
import org.apache.pekko.stream.AbruptTerminationException;

/**
 * A subscriber for whom the end of the engine is what it should be: of news it is the end, of a file's bytes it is a failure,
 * or half a file would look like a whole one. When the actor system goes first, a stream is cut off before it could say so.
 */
final class UntilTheEnd<T> implements Flow.Subscriber<T> {
    private final Flow.Subscriber<T> subscriber;
    private final Optional<RuntimeException> failure;
    private final Calls calls;

    /** {@code failure}: what the end of the engine is; empty when it is a completion. */
    UntilTheEnd(Flow.Subscriber<T> subscriber, Optional<RuntimeException> failure, Calls calls) {
        this.subscriber = subscriber;
        this.failure = failure;
        this.calls = calls;
    }

    /** The engine was gone before there was a stream. */
    void neverBegins() {
        calls.run(() -> subscriber.onSubscribe(Nothing.INSTANCE));
        ends();
    }

    private void ends() {
        calls.run(() -> failure.ifPresentOrElse(subscriber::onError, subscriber::onComplete));
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        calls.run(() -> subscriber.onSubscribe(subscription));
    }

    @Override
    public void onNext(T element) {
        calls.run(() -> subscriber.onNext(element));
    }

    @Override
    public void onError(Throwable why) {
        if (why instanceof AbruptTerminationException || why instanceof AbruptStageTerminationException) {
            ends();
        } else {
            calls.run(() -> subscriber.onError(why));
        }
    }

    @Override
    public void onComplete() {
        calls.run(subscriber::onComplete);
    }

    private enum Nothing implements Flow.Subscription {
        INSTANCE;

        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }
}
