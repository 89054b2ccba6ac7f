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
        /// @param afterEmpty whether the page behind it is known to follow an empty one
        String link(boolean afterEmpty);
    }

    private final SampleFaults faults;

    PageShaper(SampleFaults faults) {
        this.faults = faults;
    }

    /// @param own the link by which this page was asked for; null if it is the first
    /// @param afterEmpty whether an empty page came before this one
    <T> Page<T> shape(GraphCall call, Page<T> page, @Nullable String own, boolean afterEmpty, SamePlace place) {
        String path = call.request().path();
        if (!afterEmpty && faults.fires(Fault.EMPTY_PAGES, path).isPresent()) {
            return new Page<>(List.of(), place.link(true), null);
        }
        var endless = faults.fires(Fault.ENDLESS, path);
        if (endless.isPresent()) {
            return endless.get().parameter("mode", "same").equals("new")
                    ? new Page<>(List.of(), place.link(false), null)
                    : new Page<>(page.objects, own == null ? place.link(false) : own, null);
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
