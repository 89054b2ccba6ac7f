package org.rollcall.bench;

import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Numbers for the ids that the floor meets, from 1, and lists of them as bytes.
final class FloorNumbers {
    private final ConcurrentHashMap<UUID, Integer> numbers = new ConcurrentHashMap<>();
    private final AtomicInteger last = new AtomicInteger();

    int of(UUID id) {
        return numbers.computeIfAbsent(id, _ -> last.incrementAndGet());
    }

    static byte[] pack(int[] numbers) {
        int[] sorted = numbers.clone();
        Arrays.sort(sorted);
        var bytes = new byte[5 * sorted.length];
        int size = 0;
        int before = 0;
        for (int number : sorted) {
            int difference = number - before;
            before = number;
            while (difference > 0x7f) {
                bytes[size++] = (byte) (difference | 0x80);
                difference >>>= 7;
            }
            bytes[size++] = (byte) difference;
        }
        return Arrays.copyOf(bytes, size);
    }

    static int[] unpack(byte[] bytes, int size) {
        var numbers = new int[size];
        int at = 0;
        int before = 0;
        for (int i = 0; i < size; i++) {
            int shift = 0;
            byte next;
            do {
                next = bytes[at++];
                before += (next & 0x7f) << shift;
                shift += 7;
            } while (next < 0);
            numbers[i] = before;
        }
        return numbers;
    }
}
