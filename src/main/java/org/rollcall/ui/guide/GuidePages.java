package org.rollcall.ui.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.rollcall.text.Language;

/// The pages of the guide, which are part of the program.
public final class GuidePages {
    /// In the order in which they are listed; each is `docs/guide/ID.md`, and translated in a folder for each language.
    public static final List<String> IDS = List.of("index", "register", "choose", "roles", "schedules", "undo",
            "sign-in",
            "notifications", "network", "settings", "recovery", "troubleshooting");

    private static final Map<String, String> OF_SCREENS = Map.ofEntries(Map.entry("overview", "index"),
            Map.entry("users", "choose#what-a-status-means"), Map.entry("groups", "roles#where-a-role-comes-from"),
            Map.entry("roles", "roles"), Map.entry("schedules", "schedules"), Map.entry("activity", "undo"),
            Map.entry("authentication", "sign-in"), Map.entry("settings", "settings"), Map.entry("profile", "sign-in"),
            Map.entry("importing", "register"),
            Map.entry("signin", "sign-in#cannot-sign-in"));

    private GuidePages() {}

    /// The page that fits a screen: `page`, or `page#heading`.
    public static String of(String screen) {
        return OF_SCREENS.getOrDefault(screen, "index");
    }

    /// A page as Markdown, in the language in use.
    ///
    /// @throws IllegalArgumentException there is no such page
    public static String text(String id) {
        return text(id, Language.inUse());
    }

    /// The same in a given language.
    static String text(String id, Language language) {
        if (!IDS.contains(id)) {
            throw new IllegalArgumentException("No page of the guide: " + id);
        }
        String place = (language == Language.ENGLISH ? "" : language.tag() + "/") + id + ".md";
        try (var in = Objects.requireNonNull(GuidePages.class.getResourceAsStream(place), place)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The anchors of a page's headings, in order: links name headings as they are in English, in every language.
    static List<String> anchors(String id) {
        return MarkdownView.anchors(text(id, Language.ENGLISH));
    }

    /// What a page is called: its first line.
    static String title(String id) {
        return text(id).lines().findFirst().orElse("").replaceFirst("^#\\s*", "");
    }
}
