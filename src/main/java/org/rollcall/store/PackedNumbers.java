package org.rollcall.store;

import java.util.Arrays;

/// Ascending numbers as bytes: each as its difference to the one before, seven bits a byte, the lowest first; the eighth bit
/// says that more bytes follow. Two or three bytes a number in lists of usual size.
final class PackedNumbers {
    private static final int MOST_BYTES = 5;
    private static final int LOW_BITS = 0x7f;

    private PackedNumbers() {}

    /// @param numbers ascending, each once, none negative
    static byte[] pack(int[] numbers) {
        var bytes = new byte[Math.multiplyExact(numbers.length, MOST_BYTES)];
        int size = 0;
        int last = 0;
        for (int i = 0; i < numbers.length; i++) {
            int difference = numbers[i] - last;
            if (difference < 0 || i > 0 && difference == 0) {
                throw new IllegalArgumentException("numbers have to be ascending, each once");
            }
            last = numbers[i];
            while ((difference & ~LOW_BITS) != 0) {
                bytes[size++] = (byte) (difference | ~LOW_BITS);
                difference >>>= 7;
            }
            bytes[size++] = (byte) difference;
        }
        return Arrays.copyOf(bytes, size);
    }

    /// @param size how many numbers there are
    static int[] unpack(byte[] bytes, int size) {
        var numbers = new int[size];
        int at = 0;
        int last = 0;
        for (int i = 0; i < size; i++) {
            int difference = 0;
            int shift = 0;
            byte next;
            do {
                next = bytes[at++];
                difference |= (next & LOW_BITS) << shift;
                shift += 7;
            } while (next < 0);
            last += difference;
            numbers[i] = last;
        }
        return numbers;
    }

    /// All numbers of both; both ascending, each number once.
    static int[] union(int[] a, int[] b) {
        if (a.length == 0 || b.length == 0) {
            return a.length == 0 ? b : a;
        }
        var result = new int[a.length + b.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < a.length || j < b.length) {
            if (j == b.length || i < a.length && a[i] < b[j]) {
                result[size++] = a[i++];
            } else {
                if (i < a.length && a[i] == b[j]) {
                    i++;
                }
                result[size++] = b[j++];
            }
        }
        return size == result.length ? result : Arrays.copyOf(result, size);
    }

    /// Those of `a` that are not in `b`; `a` itself if that is all of them.
    static int[] without(int[] a, int[] b) {
        if (a.length == 0 || b.length == 0 || a[a.length - 1] < b[0] || b[b.length - 1] < a[0]) {
            return a;
        }
        var result = new int[a.length];
        int size = 0;
        int j = 0;
        for (int number : a) {
            while (j < b.length && b[j] < number) {
                j++;
            }
            if (j == b.length || b[j] != number) {
                result[size++] = number;
            }
        }
        return size == a.length ? a : Arrays.copyOf(result, size);
    }

    /// The numbers in ascending order, each once.
    static int[] sorted(int[] numbers) {
        var result = numbers.clone();
        Arrays.sort(result);
        int size = 0;
        for (int number : result) {
            if (size == 0 || result[size - 1] != number) {
                result[size++] = number;
            }
        }
        return size == result.length ? result : Arrays.copyOf(result, size);
    }
}
