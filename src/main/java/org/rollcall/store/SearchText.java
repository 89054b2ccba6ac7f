package org.rollcall.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// The search keys of about a thousand people as one string, in which the virtual machine finds text at several
/// gigabytes a second. Keys that need more than a byte a letter are kept apart, so that one name in Arabic does not
/// double the room that a thousand others take.
///
/// @param starts  where each key starts
/// @param numbers whose key it is
record SearchText(String text, int[] starts, int[] numbers) {

    /// Sets the bits of the people in whose key every word occurs.
    ///
    /// @param words folded, none empty, at least one
    void find(List<String> words, BitSet found) {
        String first = words.getFirst();
        int at = text.indexOf(first);
        int person = 0;
        while (at >= 0) {
            person = owner(at, person);
            int end = person + 1 < starts.length ? starts[person + 1] : text.length();
            if (others(words, starts[person], end)) {
                found.set(numbers[person]);
            }
            at = end == text.length() ? -1 : text.indexOf(first, end);
        }
    }

    private boolean others(List<String> words, int start, int end) {
        for (int i = 1; i < words.size(); i++) {
            if (text.indexOf(words.get(i), start, end) < 0) {
                return false;
            }
        }
        return true;
    }

    /// The person whose key the place is in; not before `from`.
    private int owner(int at, int from) {
        if (from + 1 >= starts.length || at < starts[from + 1]) {
            return from;
        }
        int found = Arrays.binarySearch(starts, from, starts.length, at);
        return found >= 0 ? found : -found - 2;
    }

    /// Gathers keys into texts.
    static final class Builder {
        private final List<SearchText> texts = new ArrayList<>();
        private final Part narrow = new Part();
        private final Part wide = new Part();

        void add(int number, String key) {
            // User name and mail are the same for most people, and once is enough to be found.
            var lines = new ArrayList<String>(4);
            for (String line : key.split("\n", -1)) {
                if (!lines.contains(line)) {
                    lines.add(line);
                }
            }
            String once = String.join("\n", lines);
            Part part = once.chars().allMatch(letter -> letter < 0x100) ? narrow : wide;
            part.add(number, once);
            if (part.size == Part.FULL) {
                texts.add(part.take());
            }
        }

        List<SearchText> build() {
            for (Part part : List.of(narrow, wide)) {
                if (part.size > 0) {
                    texts.add(part.take());
                }
            }
            return List.copyOf(texts);
        }
    }

    private static final class Part {
        static final int FULL = 1_024;

        private final StringBuilder text = new StringBuilder();
        private final int[] starts = new int[FULL];
        private final int[] numbers = new int[FULL];
        private int size;

        void add(int number, String key) {
            starts[size] = text.length();
            numbers[size++] = number;
            // No word that is searched for reaches over a line's end.
            text.append(key).append('\n');
        }

        SearchText take() {
            var taken = new SearchText(text.toString(), Arrays.copyOf(starts, size), Arrays.copyOf(numbers, size));
            text.setLength(0);
            size = 0;
            return taken;
        }
    }
}
