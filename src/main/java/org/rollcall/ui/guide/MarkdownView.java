package org.rollcall.ui.guide;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.parser.Parser;

import org.rollcall.ui.common.Labels;

/// A page of Markdown as plain text of the window: headings, paragraphs, lists, tables, code and links. What it does not know
/// it leaves out.
final class MarkdownView extends VBox {
    private static final Parser PARSER = Parser.builder().extensions(List.of(TablesExtension.create())).build();

    private final Map<String, Node> anchors = new LinkedHashMap<>();
    private final Consumer<String> follow;

    private final Iterator<String> names;

    /// @param names  the anchors of the headings, in order; those without one are named by their own words
    /// @param follow is called with the destination of a link that was clicked
    MarkdownView(String markdown, List<String> names, Consumer<String> follow) {
        super(12);
        this.names = names.iterator();
        this.follow = follow;
        getStyleClass().add("guide-page");
        for (var block : children(PARSER.parse(markdown))) {
            Node made = block(block);
            if (made != null) {
                getChildren().add(made);
            }
        }
    }

    /// The anchors of the headings of a page, in order.
    static List<String> anchors(String markdown) {
        return children(PARSER.parse(markdown)).stream().filter(Heading.class::isInstance)
                .map(heading -> anchor(words(heading))).toList();
    }

    /// The headings by what links call them, in order.
    Map<String, Node> anchors() {
        return anchors;
    }

    /// As pages are linked to on the web: `#what-a-status-means`.
    static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} -]", "").strip().replace(' ', '-');
    }

    private static List<org.commonmark.node.Node> children(org.commonmark.node.Node parent) {
        var result = new ArrayList<org.commonmark.node.Node>();
        for (var child = parent.getFirstChild(); child != null; child = child.getNext()) {
            result.add(child);
        }
        return result;
    }

    private @org.jspecify.annotations.Nullable Node block(org.commonmark.node.Node block) {
        return switch (block) {
            case Heading heading -> heading(heading);
            case Paragraph paragraph -> flow(paragraph, "");
            case ListBlock list -> list(list);
            case FencedCodeBlock code -> code(code.getLiteral());
            case TableBlock table -> table(table);
            default -> null;
        };
    }

    private Node heading(Heading heading) {
        String words = words(heading);
        var label = Labels.wrapped(words, heading.getLevel() == 1 ? "title-3" : "title-4");
        label.getStyleClass().add("guide-heading-" + heading.getLevel());
        anchors.put(names.hasNext() ? names.next() : anchor(words), label);
        return label;
    }

    private static Node code(String literal) {
        var label = Labels.wrapped(literal.stripTrailing(), "mono");
        label.getStyleClass().add("guide-code-block");
        label.setMaxWidth(Double.MAX_VALUE);
        return label;
    }

    private Node list(ListBlock list) {
        var rows = new VBox(6);
        int number = list instanceof OrderedList ordered ? ordered.getMarkerStartNumber() : 0;
        for (var item : children(list)) {
            var mark = new Label(list instanceof BulletList ? "•" : number++ + ".");
            mark.setMinWidth(Region.USE_PREF_SIZE);
            mark.getStyleClass().add("guide-mark");
            var body = new VBox(6);
            children(item).forEach(part -> {
                Node made = block(part);
                if (made != null) {
                    body.getChildren().add(made);
                }
            });
            body.setMinWidth(0);
            HBox.setHgrow(body, Priority.ALWAYS);
            rows.getChildren().add(new HBox(8, mark, body));
        }
        return rows;
    }

    private Node table(TableBlock table) {
        var grid = new GridPane();
        grid.getStyleClass().add("guide-table");
        int row = 0;
        int columns = 0;
        for (var section : children(table)) {
            for (var line : children(section)) {
                if (line instanceof TableRow) {
                    int column = 0;
                    for (var cell : children(line)) {
                        boolean head = cell instanceof TableCell each && each.isHeader();
                        var flow = flow(cell, head ? "strong" : "");
                        var box = new VBox(flow);
                        box.getStyleClass().addAll("guide-cell", head ? "head" : "body");
                        grid.add(box, column++, row);
                    }
                    columns = Math.max(columns, column);
                    row++;
                }
            }
        }
        for (int i = 0; i < columns; i++) {
            var constraints = new ColumnConstraints();
            // The last column has the words.
            constraints.setPercentWidth(columns == 2
                    ? (i == 0 ? 34 : 66)
                    : columns == 3
                            ? (i == 0 ? 28 : i == 1 ? 32 : 40)
                            : columns == 4
                                    ? (i == 0 ? 32 : i == 3 ? 38 : 15)
                                    : 100.0 / columns);
            grid.getColumnConstraints().add(constraints);
        }
        return grid;
    }

    private TextFlow flow(org.commonmark.node.Node parent, String look) {
        var flow = new TextFlow();
        flow.getStyleClass().add("guide-flow");
        flow.setAccessibleText(words(parent));
        flow.setPadding(Insets.EMPTY);
        inline(parent, look, flow);
        return flow;
    }

    private void inline(org.commonmark.node.Node parent, String look, TextFlow into) {
        for (var part : children(parent)) {
            switch (part) {
                case org.commonmark.node.Text text -> into.getChildren().add(text(text.getLiteral(), look));
                case Code code -> into.getChildren().add(text(code.getLiteral(), "mono"));
                case StrongEmphasis strong -> inline(strong, "strong", into);
                case Emphasis emphasis -> inline(emphasis, "medium", into);
                case Link link -> into.getChildren().add(link(link));
                case org.commonmark.node.SoftLineBreak _ -> into.getChildren().add(text(" ", look));
                case org.commonmark.node.HardLineBreak _ -> into.getChildren().add(text("\n", look));
                default -> {
                }
            }
        }
    }

    private Node link(Link link) {
        var made = new Hyperlink(words(link));
        made.getStyleClass().add("guide-link");
        made.setOnAction(_ -> follow.accept(link.getDestination()));
        return made;
    }

    private static Text text(String words, String look) {
        // Ours, blanks at its ends included: nothing in it comes from elsewhere.
        var text = new Text(words);
        text.getStyleClass().add("guide-text");
        if (!look.isEmpty()) {
            text.getStyleClass().add(look);
        }
        return text;
    }

    private static String words(org.commonmark.node.Node parent) {
        var words = new StringBuilder();
        for (var part : children(parent)) {
            switch (part) {
                case org.commonmark.node.Text text -> words.append(text.getLiteral());
                case Code code -> words.append(code.getLiteral());
                case org.commonmark.node.SoftLineBreak _ -> words.append(' ');
                default -> words.append(words(part));
            }
        }
        return words.toString();
    }
}
