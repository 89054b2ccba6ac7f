package org.rollcall.ui.authentication;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.SignInMode;
import org.rollcall.domain.Tenant;
import org.rollcall.signin.AuthenticationService.Switch;
import org.rollcall.ui.authentication.AuthenticationViewModel.Standing;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;

/// Confirms a change of a way to sign in: the number admitted, the number and names of those locked out, and the reason of a
/// refusal.
final class Switching {
    private final WindowContext context;
    private final AuthenticationViewModel model;

    Switching(WindowContext context, AuthenticationViewModel model) {
        this.context = context;
        this.model = model;
    }

    /// @param mode AD, or any of Entra
    void off(SignInMode mode) {
        boolean ad = mode == SignInMode.AD;
        model.previewOff(mode, preview -> {
            var dialog = new DialogBox(Messages.get(ad ? "authentication.ad.turnOff" : "authentication.entra.turnOff"))
                    .content(new VBox(12,
                            parts(preview, Messages.get("authentication.off.nobody")).toArray(Node[]::new)));
            var go = Buttons.danger(Messages.get("authentication.turnOff"), () -> model.switchOff(mode, dialog::close));
            go.setId("authentication.turnOff");
            go.setDisable(preview.refused() != null);
            context.dialogs().show(dialog.action(go));
        });
    }

    void entraOn(Standing now) {
        var tenants = now.figures().tenants();
        var first = Objects.requireNonNull(now.tenant());
        var modes = now.status().settings().entraModes();
        var result = new VBox(12);
        var choice = new ComboBox<String>();
        choice.setId("authentication.entra.tenant");
        choice.getItems().setAll(tenants.stream().map(Tenant::name).toList());
        choice.setValue(first.name());
        var dialog = new DialogBox(Messages.get("authentication.entra.turnOn"))
                .subtitle(Messages.get("authentication.entra.turnOn.second"));
        var go = Buttons.primary(Messages.get("authentication.turnOn"),
                () -> model.enableEntra(choice.getValue(), modes, dialog::close));
        go.setId("authentication.turnOn");
        Runnable look = () -> model.previewEntra(choice.getValue(), modes, preview -> {
            result.getChildren().setAll(admitted(preview));
            result.getChildren().addAll(parts(preview, ""));
            go.setDisable(preview.refused() != null);
        });
        choice.valueProperty().addListener(_ -> look.run());
        look.run();
        var content = new VBox(16);
        if (tenants.size() > 1) {
            content.getChildren().add(new FormField(Messages.get("authentication.entra.whose"), choice));
        }
        content.getChildren().add(result);
        context.dialogs().show(dialog.content(content).action(go));
    }

    /// @param changed the way that is enabled or disabled
    void modes(SignInMode changed, Set<SignInMode> wanted) {
        var now = model.standingProperty().get();
        if (now == null) {
            return;
        }
        model.previewEntra(now.status().entra().tenant(), wanted, preview -> {
            boolean password = changed == SignInMode.PASSWORD && wanted.contains(changed);
            if (preview.lockedOut() == 0 && preview.refused() == null && !password) {
                model.changeModes(wanted, () -> {});
                return;
            }
            var name = Messages.get("authentication.way." + changed.word());
            boolean on = wanted.contains(changed);
            var content = new ArrayList<Node>();
            if (password) {
                content.add(Labels.wrapped(Messages.get("authentication.password.limits")));
            }
            content.addAll(parts(preview, ""));
            var dialog = new DialogBox(
                    Messages.get(on ? "authentication.way.turnOn" : "authentication.way.turnOff", name))
                    .content(new VBox(12, content.toArray(Node[]::new)));
            Runnable act = () -> model.changeModes(EnumSet.copyOf(wanted), dialog::close);
            var go = on
                    ? Buttons.primary(Messages.get("authentication.turnOn"), act)
                    : Buttons.danger(Messages.get("authentication.turnOff"), act);
            go.setId(on ? "authentication.turnOn" : "authentication.turnOff");
            go.setDisable(preview.refused() != null);
            context.dialogs().show(dialog.action(go));
        });
    }

    private static Node admitted(Switch preview) {
        var words = Labels.wrapped(Messages.get("authentication.admits", preview.admits()));
        words.setId("authentication.admits");
        words.setGraphic(Icons.of(Icons.DONE, Icons.IN_TEXT, Tone.SUCCESS));
        return words;
    }

    /// Those locked out, and why it would be refused.
    ///
    /// @param nobody shown if nobody is locked out; empty: nothing
    private static List<Node> parts(Switch preview, String nobody) {
        var parts = new ArrayList<Node>();
        @Nullable
        String refused = preview.refused() == null ? null : Messages.recalled(preview.refused());
        if (refused != null) {
            var banner = new Banner(Tone.DANGER, Icons.STOPPED, Messages.get("authentication.refused"),
                    Messages.capital(refused) + ".");
            banner.setId("authentication.refused");
            parts.add(banner);
        }
        if (preview.lockedOut() > 0) {
            long more = preview.lockedOut() - preview.names().size();
            var names = String.join(", ", preview.names().stream().sorted(Comparator.naturalOrder()).toList());
            var banner = new Banner(Tone.WARNING, Icons.WARNING,
                    Messages.get("authentication.lockedOut", preview.lockedOut()),
                    more > 0 ? Messages.get("authentication.lockedOut.more", names, more) : names);
            banner.setId("authentication.lockedOut");
            parts.add(banner);
        } else if (refused == null && !nobody.isEmpty()) {
            parts.add(Labels.wrapped(nobody));
        }
        return parts;
    }
}
