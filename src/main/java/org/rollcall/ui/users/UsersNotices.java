package org.rollcall.ui.users;

import java.time.Clock;
import java.util.ArrayList;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;

import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;
import org.rollcall.ui.common.Tone;

/// What Users says above its table: that it shows the past, or that accounts were made anew.
final class UsersNotices extends VBox {
    UsersNotices(UsersViewModel model, UserCommands commands, Clock clock) {
        getStyleClass().add("users-notices");
        Runnable rebuild = () -> rebuild(model, commands, clock);
        model.asOfProperty().subscribe(rebuild);
        model.untoldProperty().subscribe(rebuild);
        model.choicesProperty().subscribe(rebuild);
    }

    private void rebuild(UsersViewModel model, UserCommands commands, Clock clock) {
        var asOf = model.asOfProperty().get();
        int links = model.choicesProperty().get().links();
        getChildren().clear();
        if (asOf != null) {
            var sentences = new ArrayList<String>();
            sentences.add(Messages.get("users.past.sentence"));
            model.untoldProperty().get()
                    .forEach(each -> sentences.add(Messages.capital(Messages.recalled(each)) + "."));
            var back = Buttons.small(Messages.get("common.asOf.back"), () -> model.asOfProperty().set(null));
            back.setId("users.past.back");
            var banner = new Banner(model.untoldProperty().get().isEmpty() ? Tone.ACCENT : Tone.WARNING, Icons.CLOCK,
                    Messages.get("users.past.title", Moments.exact(asOf, clock)), String.join(" ", sentences), back);
            banner.setId("users.past");
            getChildren().add(banner);
        } else if (links > 0) {
            var look = Buttons.small(Messages.get("users.link.look"), commands::link);
            look.setId("users.link");
            var banner = new Banner(Tone.ACCENT, Feather.LINK, Messages.get("users.link.banner", links),
                    Messages.get("users.link.banner.sentence"), look);
            banner.setId("users.links");
            getChildren().add(banner);
        }
        setVisible(!getChildren().isEmpty());
        setManaged(isVisible());
    }
}
