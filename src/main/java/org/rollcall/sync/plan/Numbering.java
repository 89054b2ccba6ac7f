package org.rollcall.sync.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.UUID;

import org.rollcall.groups.IdIndex;

/// Maps the numbers in [MemberSets] to positions in an index of ids: four bytes a number.
final class Numbering {
    private static final int CHUNK = 10_000;

    private int[] places = new int[1024];

    private Numbering() {}

    static Numbering of(MemberSets members, IdIndex ids) {
        var result = new Numbering();
        for (int from = 0; from < ids.size(); from += CHUNK) {
            var chunk = new ArrayList<UUID>();
            for (int i = from; i < Math.min(ids.size(), from + CHUNK); i++) {
                chunk.add(ids.id(i));
            }
            int[] numbers = members.numbers(chunk);
            for (int i = 0; i < numbers.length; i++) {
                if (numbers[i] != MemberSets.NONE) {
                    result.put(numbers[i], from + i);
                }
            }
        }
        return result;
    }

    private void put(int number, int place) {
        if (number >= places.length) {
            places = Arrays.copyOf(places, Math.max(number + 1, places.length + (places.length >> 1)));
        }
        places[number] = place + 1;
    }

    /// -1: not in the index.
    int place(int number) {
        return number < places.length ? places[number] - 1 : -1;
    }

    /// The positions of those that are in the index, ascending.
    int[] places(int[] numbers) {
        var result = new int[numbers.length];
        int size = 0;
        for (int number : numbers) {
            int place = place(number);
            if (place >= 0) {
                result[size++] = place;
            }
        }
        Arrays.sort(result, 0, size);
        return Arrays.copyOf(result, size);
    }
}
