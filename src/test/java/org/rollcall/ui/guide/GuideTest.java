package org.rollcall.ui.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;

import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;

import org.rollcall.connect.PermissionCatalogue;
import org.rollcall.domain.Permission;
import org.rollcall.text.Language;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.shell.WindowRoot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class GuideTest extends UiTest {
    private static final Path PAGES = Path.of("docs/guide");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");
    /// Error codes, ports and days.
    private static final Pattern NUMBER = Pattern.compile("\\b(\\d{2,8})\\b");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private final List<String> outside = new ArrayList<>();
    private Consumer<String> opens = _ -> {};

    private void open(String target) {
        showWith(context -> {
            WindowContext window = new WindowContext(context.theme(), context.motion(), context.fx(), context.tasks(),
                    context.dialogs(), context.toasts(), address -> outside.add(address.toString()), context.clock());
            var root = new WindowRoot(window);
            root.showPage(new StackPane(new Label("Below")));
            root.helpWith(screen -> GuideDialog.open(window, GuidePages.of(screen)));
            opens = page -> GuideDialog.open(window, page);
            return root;
        });
        fx(() -> opens.accept(target));
    }

    private boolean isOpen(String page) {
        return look(() -> node("guide.page." + page, ToggleButton.class).isSelected());
    }

    @Test
    void everyPageIsListedAndPartOfTheProgram() throws IOException {
        for (Language language : Language.values()) {
            Path pages = language == Language.ENGLISH ? PAGES : PAGES.resolve(language.tag());
            try (var files = Files.list(pages)) {
                assertEquals(new TreeSet<>(GuidePages.IDS), files.filter(Files::isRegularFile)
                        .map(file -> file.getFileName().toString().replaceFirst("\\.md$", ""))
                        .collect(Collectors.toCollection(TreeSet::new)));
            }
            for (String id : GuidePages.IDS) {
                assertEquals(Files.readString(pages.resolve(id + ".md")), GuidePages.text(id, language), id);
            }
            speak(language);
            GuidePages.IDS.forEach(id -> assertFalse(GuidePages.title(id).isBlank(), id));
        }
    }

    /// What is told in one language must not be missing in another one.
    @Test
    void everyLanguageHasTheSameParts() {
        for (Language language : Language.values()) {
            for (String id : GuidePages.IDS) {
                String english = GuidePages.text(id, Language.ENGLISH);
                String text = GuidePages.text(id, language);
                String where = language.tag() + "/" + id;
                assertEquals(shape(english), shape(text), where);
                assertEquals(all(LINK, english), all(LINK, text), where);
                assertEquals(all(NUMBER, english), all(NUMBER, text), where);
                assertEquals(all(CODE, english).stream().filter(GuideTest::isTheSameEverywhere).toList(),
                        all(CODE, text).stream().filter(GuideTest::isTheSameEverywhere).toList(), where);
            }
            String roles = GuidePages.text("roles", language);
            speak(language);
            for (Permission permission : Permission.values()) {
                assertTrue(roles.contains("| " + Messages.recalled(permission.words()) + " |"),
                        () -> language + " " + permission);
            }
        }
    }

    /// Headings, list items, table rows and paragraphs, in order.
    private static List<String> shape(String markdown) {
        return markdown.lines().filter(line -> !line.isBlank())
                .map(line -> line.startsWith("|")
                        ? "row of " + line.chars().filter(each -> each == '|').count()
                        : line.replaceFirst("^(#+ |- |\\d+\\. |).*", "$1"))
                .toList();
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(each -> each.group(1)).toList();
    }

    /// Permissions, options and addresses; commands have placeholders in them, and addresses may.
    private static boolean isTheSameEverywhere(String code) {
        return code.matches(".*[./_-].*") && !code.matches(".*([A-Z]{2}|host:).*");
    }

    @Test
    void theGuideSpeaksTheLanguageOfTheWindow() {
        speak(Language.GERMAN);
        open("recovery#restore");
        waitFor("the heading at the top", () -> scene().getRoot().lookupAll(".guide-heading-2").stream()
                .map(Label.class::cast).filter(each -> each.getText().equals("Wiederherstellen")).findFirst()
                .map(each -> each.localToScene(0, 0).getY()
                        - node("guide.scroll", ScrollPane.class).localToScene(0, 0).getY())
                .filter(y -> y >= 0 && y < 40).isPresent());
        picture("22-guide-recovery");
        click("guide.page.register");
        picture("22-guide-register");
        click("guide.page.troubleshooting");
        picture("22-guide-troubleshooting");
    }

    @Test
    void everyLinkLeadsSomewhere() {
        for (String id : GuidePages.IDS) {
            var matcher = LINK.matcher(GuidePages.text(id));
            while (matcher.find()) {
                String link = matcher.group(1);
                if (!link.startsWith("https://")) {
                    leads(link.replace(".md", ""), id);
                }
            }
        }
        for (String screen : List.of("overview", "users", "groups", "roles", "schedules", "activity", "authentication",
                "settings", "profile", "importing", "signin", "unknown")) {
            leads(GuidePages.of(screen), "the screen " + screen);
        }
        for (String target : List.of("recovery#restore", "sign-in#cannot-sign-in", "network", "index", "recovery")) {
            leads(target, "a link of the window");
        }
    }

    private void leads(String target, String from) {
        String[] parts = target.split("#", 2);
        assertTrue(GuidePages.IDS.contains(parts[0]), () -> from + " leads to " + target);
        if (parts.length == 2) {
            assertTrue(
                    fx(() -> new MarkdownView(GuidePages.text(parts[0]), List.of(), _ -> {}).anchors()
                            .containsKey(parts[1])),
                    () -> from + " leads to " + target);
        }
    }

    @Test
    void everyCodeAndPermissionIsExplained() throws IOException {
        String troubleshooting = GuidePages.text("troubleshooting");
        var missing = new TreeSet<Integer>();
        for (String source : List.of("AadErrors", "SignInRefusals")) {
            String text = Files.readString(Path.of("src/main/java/org/rollcall/source/entra/" + source + ".java"));
            for (var line : text.lines().filter(each -> each.strip().startsWith("case ")).toList()) {
                var number = Pattern.compile("\\b(\\d{5,8})\\b").matcher(line);
                while (number.find()) {
                    if (!Pattern.compile("\\b(AADSTS)?" + number.group(1) + "\\b").matcher(troubleshooting).find()) {
                        missing.add(Integer.valueOf(number.group(1)));
                    }
                }
            }
        }
        assertEquals(Set.of(), missing, "codes of which the guide says nothing");
        assertTrue(troubleshooting.contains("AADSTS7000222"));
        PermissionCatalogue.uses().forEach(use -> assertTrue(
                GuidePages.text("register").contains("`" + use.name() + "`"), use.name()));
        for (Permission permission : Permission.values()) {
            assertTrue(GuidePages.text("roles").contains("| " + permission.words() + " |"), permission.words());
        }
    }

    /// What the viewer does not draw would be missing in the window alone.
    @Test
    void everythingInThePagesIsDrawn() {
        for (String id : GuidePages.IDS) {
            var kinds = new TreeSet<String>();
            collect(Parser.builder().build().parse(GuidePages.text(id)), kinds);
            kinds.removeAll(Set.of("Document", "Heading", "Paragraph", "Text", "BulletList", "OrderedList", "ListItem",
                    "Code", "Emphasis", "StrongEmphasis", "Link", "SoftLineBreak", "FencedCodeBlock"));
            assertEquals(Set.of(), kinds, id);
        }
    }

    private static void collect(org.commonmark.node.Node node, Set<String> kinds) {
        kinds.add(node.getClass().getSimpleName());
        for (var child = node.getFirstChild(); child != null; child = child.getNext()) {
            collect(child, kinds);
        }
    }

    @Test
    void pagesLeadToPagesAndOutside() {
        open("index");
        picture("22-guide");
        assertAccessible(scene().getRoot());
        clickNode(look(() -> scene().getRoot().lookupAll(".guide-link").stream().map(Hyperlink.class::cast)
                .filter(each -> each.getText().equals("Troubleshooting")).findFirst().orElseThrow()));
        assertTrue(isOpen("troubleshooting"));
        picture("22-guide-troubleshooting");
        click("guide.page.register");
        assertTrue(isOpen("register"));
        picture("22-guide-register");
        press(KeyCode.ESCAPE);
        assertFalse(exists("guide.scroll"));
        press(KeyCode.F1);
        fx(() -> scene().getRoot().getChildrenUnmodifiable().getFirst().fireEvent(new javafx.scene.input.KeyEvent(
                javafx.scene.input.KeyEvent.KEY_PRESSED, "", "", KeyCode.F1, false, false, false, false)));
        assertTrue(isOpen("sign-in"), "F1 before anybody signed in");
    }

    @Test
    void aHeadingIsScrolledTo() {
        open("recovery#restore");
        assertTrue(isOpen("recovery"));
        waitFor("the heading at the top", () -> scene().getRoot().lookupAll(".guide-heading-2").stream()
                .map(Label.class::cast).filter(each -> each.getText().equals("Restore")).findFirst()
                .map(each -> each.localToScene(0, 0).getY()
                        - node("guide.scroll", ScrollPane.class).localToScene(0, 0).getY())
                .filter(y -> y >= 0 && y < 40).isPresent());
        picture("22-guide-heading");
    }
}
