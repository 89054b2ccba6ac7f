package org.rollcall.cli;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// A table for people: columns as wide as their widest cell, numbers to the right.
final class TextTable {
    private static final int WIDEST = 60;

    private final List<List<String>> rows = new ArrayList<>();
    private final boolean[] numeric;

    TextTable(String... headings) {
        rows.add(List.of(headings));
        numeric = new boolean[headings.length];
    }

    TextTable row(@Nullable Object... cells) {
        var row = new ArrayList<String>(cells.length);
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] instanceof Long || cells[i] instanceof Integer) {
                numeric[i] = true;
                row.add(Text.number(((Number) cells[i]).longValue()));
            } else {
                row.add(shortened(Text.clean(cells[i])));
            }
        }
        rows.add(row);
        return this;
    }

    List<String> lines() {
        int[] widths = new int[numeric.length];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        var lines = new ArrayList<String>(rows.size());
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String gap = " ".repeat(widths[i] - width(row.get(i)));
                line.append(i == 0 ? "" : "  ").append(numeric[i] ? gap : "").append(row.get(i))
                        .append(numeric[i] ? "" : gap);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String shortened(String text) {
        return width(text) <= WIDEST ? text : text.substring(0, text.offsetByCodePoints(0, WIDEST - 1)) + "…";
    }
}
