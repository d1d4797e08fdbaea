package ahti.engine;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Takes everything, and hands each element to this first. */
final class Collector<T> implements Flow.Subscriber<T> {
    private final BlockingQueue<T> elements = new LinkedBlockingQueue<>();
    final CountDownLatch completed = new CountDownLatch(1);
    final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final Consumer<T> first;

    Collector(Consumer<T> first) {
        this.first = first;
    }

    T next() throws InterruptedException {
        return Objects.requireNonNull(elements.poll(20, TimeUnit.SECONDS));
    }

    /** The next element, if it comes soon. */
    Optional<T> soon() throws InterruptedException {
        return Optional.ofNullable(elements.poll(50, TimeUnit.MILLISECONDS));
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(T element) {
        first.accept(element);
        elements.add(element);
    }

    @Override
    public void onError(Throwable why) {
        failure.complete(why);
    }

    @Override
    public void onComplete() {
        completed.countDown();
    }
}
