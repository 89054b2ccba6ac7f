package org.rollcall.sync.plan;

import java.util.Comparator;
import java.util.Iterator;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/// Merges two ordered sources by key; an element without a counterpart is paired with null.
final class Merge<A, B, K> {
    private final Function<A, K> leftKey;
    private final Function<B, K> rightKey;
    private final Comparator<K> order;
    private final Iterator<B> right;
    private final BiConsumer<@Nullable A, @Nullable B> sink;
    private @Nullable B waiting;

    private Merge(Function<A, K> leftKey, Iterator<B> right, Function<B, K> rightKey, Comparator<K> order,
            BiConsumer<@Nullable A, @Nullable B> sink) {
        this.leftKey = leftKey;
        this.rightKey = rightKey;
        this.order = order;
        this.right = right;
        this.sink = sink;
        this.waiting = next();
    }

    static <A, B, K> void join(Consumer<Consumer<A>> left, Function<A, K> leftKey, Iterator<B> right,
            Function<B, K> rightKey, Comparator<K> order, BiConsumer<@Nullable A, @Nullable B> sink) {
        var merge = new Merge<>(leftKey, right, rightKey, order, sink);
        left.accept(merge::take);
        merge.drain();
    }

    private void take(A item) {
        K key = leftKey.apply(item);
        while (waiting != null) {
            int comparison = order.compare(rightKey.apply(waiting), key);
            if (comparison > 0) {
                break;
            }
            B partner = waiting;
            waiting = next();
            if (comparison == 0) {
                sink.accept(item, partner);
                return;
            }
            sink.accept(null, partner);
        }
        sink.accept(item, null);
    }

    private void drain() {
        while (waiting != null) {
            sink.accept(null, waiting);
            waiting = next();
        }
    }

    private @Nullable B next() {
        return right.hasNext() ? right.next() : null;
    }
}
