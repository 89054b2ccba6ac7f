package org.rollcall.ui.common;

import java.util.List;

import javafx.scene.text.Font;

/// The bundled fonts. JavaFX finds Medium and SemiBold by family name only, not by weight, so the style sheets name the
/// families; they must be loaded before the first scene.
public final class Fonts {
    public static final String REGULAR = "Inter";
    public static final String MEDIUM = "Inter Medium";
    public static final String SEMI_BOLD = "Inter Semi Bold";
    public static final String MONO = "JetBrains Mono";

    private static final List<String> FILES = List.of("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf",
            "JetBrainsMono-Regular.ttf");

    private Fonts() {}

    /// Loads all fonts; idempotent.
    ///
    /// @return the families that were found, for the test
    /// @throws IllegalStateException if a file is missing from the program
    public static List<String> load() {
        return FILES.stream().map(Fonts::load).toList();
    }

    private static String load(String file) {
        var address = Fonts.class.getResource("/org/rollcall/ui/fonts/" + file);
        if (address == null) {
            throw new IllegalStateException("Missing from the program: fonts/" + file);
        }
        var font = Font.loadFont(address.toExternalForm(), 14);
        if (font == null) {
            throw new IllegalStateException("Cannot read fonts/" + file);
        }
        return font.getFamily();
    }
}
