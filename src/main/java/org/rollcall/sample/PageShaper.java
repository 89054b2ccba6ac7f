package org.rollcall.sample;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;

import org.rollcall.sample.SampleFaults.Fault;

/// Spoils pages as the faults demand: objects twice, objects shuffled, empty pages before the real ones, links that lead
/// nowhere.
final class PageShaper {
    /// A page before it is written.
    ///
    /// @param next link to the next page
    /// @param delta delta link, only on the last page of a delta query
    record Page<T>(List<T> objects, @Nullable String next, @Nullable String delta) {}

    /// Makes another link to where the page begins.
    interface SamePlace {
        /// @param empties how many empty pages still come before the page; [#ANY] leaves it to the faults
        String link(int empties);
    }

    /// Nothing is settled about empty pages.
    static final int ANY = -1;

    private final SampleFaults faults;

    PageShaper(SampleFaults faults) {
        this.faults = faults;
    }

    /// @param own the link by which this page was asked for; null if it is the first
    /// @param empties how many empty pages come before this one, once one of them came; otherwise [#ANY]
    <T> Page<T> shape(GraphCall call, Page<T> page, @Nullable String own, int empties, SamePlace place) {
        String path = call.request().path();
        int left = empties == ANY
                ? faults.fires(Fault.EMPTY_PAGES, path).map(s -> Integer.parseInt(s.parameter("count", "1"))).orElse(0)
                : empties;
        if (left > 0) {
            return new Page<>(List.of(), place.link(left - 1), null);
        }
        var endless = faults.fires(Fault.ENDLESS, path);
        if (endless.isPresent()) {
            return endless.get().parameter("mode", "same").equals("new")
                    ? new Page<>(List.of(), place.link(ANY), null)
                    : new Page<>(page.objects, own == null ? place.link(ANY) : own, null);
        }
        var objects = new ArrayList<>(page.objects);
        var random = new Random(objects.size());
        if (faults.fires(Fault.DUPLICATES, path).isPresent()) {
            for (T object : page.objects) {
                if (random.nextInt(5) == 0) {
                    objects.add(random.nextInt(objects.size() + 1), object);
                }
            }
        }
        if (faults.fires(Fault.REORDER, path).isPresent()) {
            Collections.shuffle(objects, random);
        }
        return new Page<>(objects, page.next, page.delta);
    }
}
