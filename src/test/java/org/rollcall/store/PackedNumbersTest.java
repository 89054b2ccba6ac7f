package org.rollcall.store;

import java.util.Random;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PackedNumbersTest {
    private final Random random = new Random(5);

    private int[] some(int most, int bound) {
        var numbers = new TreeSet<Integer>();
        for (int i = random.nextInt(most); i > 0; i--) {
            numbers.add(random.nextInt(bound));
        }
        return array(numbers);
    }

    private static int[] array(TreeSet<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    private static TreeSet<Integer> set(int[] numbers) {
        var set = new TreeSet<Integer>();
        for (int number : numbers) {
            set.add(number);
        }
        return set;
    }

    @Test
    void whatIsPackedComesOutAgain() {
        for (int i = 0; i < 500; i++) {
            int[] numbers = some(300, i % 2 == 0 ? 1_000 : Integer.MAX_VALUE);
            assertArrayEquals(numbers, PackedNumbers.unpack(PackedNumbers.pack(numbers), numbers.length));
        }
        int[] ends = { 0, 1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE - 1, Integer.MAX_VALUE };
        assertArrayEquals(ends, PackedNumbers.unpack(PackedNumbers.pack(ends), ends.length));
        assertEquals(0, PackedNumbers.pack(new int[0]).length);
    }

    @Test
    void denseListsTakeAByteANumber() {
        var numbers = new int[4_096];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = 1_000_000 + i * 100;
        }
        assertTrue(PackedNumbers.pack(numbers).length <= numbers.length + 2);
    }

    @Test
    void onlyAscendingNumbersArePacked() {
        assertThrows(IllegalArgumentException.class, () -> PackedNumbers.pack(new int[]{ 2, 1 }));
        assertThrows(IllegalArgumentException.class, () -> PackedNumbers.pack(new int[]{ 2, 2 }));
        assertThrows(IllegalArgumentException.class, () -> PackedNumbers.pack(new int[]{ -1 }));
    }

    @Test
    void setsAreJoinedAndTakenApart() {
        for (int i = 0; i < 500; i++) {
            int[] a = some(60, 100);
            int[] b = some(60, 100);
            var union = set(a);
            union.addAll(set(b));
            assertArrayEquals(array(union), PackedNumbers.union(a, b));
            var without = set(a);
            without.removeAll(set(b));
            assertArrayEquals(array(without), PackedNumbers.without(a, b));
        }
        int[] a = { 1, 2 };
        assertSame(a, PackedNumbers.without(a, new int[]{ 3 }), "nothing is copied where nothing goes");
        assertArrayEquals(new int[]{ 1, 2, 9 }, PackedNumbers.sorted(new int[]{ 9, 2, 1, 2 }));
    }
}
