package org.rollcall.ui.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javafx.scene.control.TableView;

import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.rollcall.domain.Role;
import org.rollcall.text.Language;
import org.rollcall.ui.common.Messages;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// One walk through the wizard in German: no words of ours are cut short. With `-Drollcall.pictures=true` in every language,
/// and it leaves pictures to be looked at: `target/screens/de/wizard-1-connect-light.png`.
@Isolated("the language is that of the process")
class WalkLanguagesTest extends WizardWalk {
    private static final boolean PICTURES = Boolean.getBoolean("rollcall.pictures");
    private final List<String> cut = new ArrayList<>();

    static Stream<Language> languages() {
        return PICTURES ? Stream.of(Language.values()) : Stream.of(Language.GERMAN);
    }

    @ParameterizedTest
    @MethodSource("languages")
    void noWordsAreCutShort(Language language) {
        speak(language);
        begin();
        waitForStep("connect");
        segment("connect.way", Messages.get("importing.connect.way.automatic"));
        look("wizard-1-connect-automatic");
        segment("connect.way", Messages.get("importing.connect.way.userToken"));
        look("wizard-1-connect-token");
        segment("connect.way", Messages.get("importing.connect.way.byHand"));
        fillPlace("connect.hand");
        type("connect.hand.client", fixture.sample.clientId());
        look("wizard-1-connect-certificate");
        segment("connect.hand.kind", Messages.get("importing.connect.credential.secret"));
        look("wizard-1-connect");
        type("connect.hand.secret", fixture.sample.clientSecret());
        next("verify");
        waitFor("the report", () -> reason().isEmpty());
        look("wizard-2-verify");
        goOnToChoose();
        look("wizard-3-choose");
        segment("importing.choose.mode", Messages.get("importing.choose.everyone"));
        look("wizard-3-choose-everyone");
        next("map");
        rule("Engineering", Role.OPERATOR);
        look("wizard-4-map");
        goOnToPreview();
        waitFor("its rows", () -> !node("importing.preview.table", TableView.class).getItems().isEmpty());
        look("wizard-5-preview");
        click("wizard.next");
        waitForStep("done");
        waitFor("the result", () -> exists("importing.done.people") && !reason().equals("…"));
        look("wizard-7-done");
        assertEquals("", String.join("\n", cut));
    }

    private void look(String name) {
        drawn();
        if (PICTURES) {
            picture(name);
        }
        cut.addAll(cutShort(name, Set.of("importing.map.example.")));
    }
}
