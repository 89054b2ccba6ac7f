package org.rollcall.ui.common;

import java.util.List;
import java.util.regex.Pattern;
import javafx.scene.control.Label;

import org.rollcall.domain.DisplayText;

/// A person's initials in a circle. Decorative: the name is beside it, so screen readers ignore it.
public final class Avatar extends Label {
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

    private static final String NOBODY = "?";

    /// @param size diameter in pixels: 28 in the top bar, 40 in dialogs, 48 in the detail pane
    public Avatar(String name, int size) {
        super(initials(name));
        getStyleClass().add("avatar");
        setMinSize(size, size);
        setPrefSize(size, size);
        setMaxSize(size, size);
        getStyleClass().add(size < 36 ? "small" : size < 46 ? "middle" : "large");
        setAccessibleText(name);
    }

    /// The first letters of the first and the last word that start with a letter; for a name without letters its first visible
    /// character, so that the circle is never empty.
    static String initials(String name) {
        var shown = DisplayText.of(name);
        var words = BLANKS.splitAsStream(shown).toList();
        var letters = new StringBuilder();
        var ends = words.size() > 1 ? List.of(words.getFirst(), words.getLast()) : words;
        for (var word : ends) {
            word.codePoints().filter(Character::isLetterOrDigit).findFirst()
                    .ifPresent(letter -> letters.appendCodePoint(Character.toUpperCase(letter)));
        }
        return letters.isEmpty()
                ? shown.codePoints().filter(point -> point != DisplayText.MARK).mapToObj(Character::toString)
                        .findFirst().orElse(NOBODY)
                : letters.toString();
    }
}
