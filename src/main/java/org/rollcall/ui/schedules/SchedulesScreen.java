package org.rollcall.ui.schedules;

import java.util.Map;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;

import org.rollcall.domain.Actor;
import org.rollcall.domain.ChangeFilter;
import org.rollcall.domain.ChangeKind;
import org.rollcall.ui.common.FileAsk;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.Screen;
import org.rollcall.ui.common.WindowContext;

/// Schedules, as the sidebar knows it. Arguments: `run` (a number) shows that run; `back` (a screen) is where its page
/// leads back to; `changes` (`conflicts`) shows only those.
public final class SchedulesScreen implements Screen {
    private final WindowContext context;
    private final SchedulesServices services;
    private final SchedulesViewModel model;
    private final Actor actor;
    private final FileAsk files;
    private final Navigator navigator;
    private final StackPane place = new StackPane();
    private @Nullable Node list;
    private @Nullable RunViewModel run;

    public SchedulesScreen(WindowContext context, SchedulesServices services, SchedulesViewModel model, Actor actor,
            FileAsk files, Navigator navigator) {
        this.context = context;
        this.services = services;
        this.model = model;
        this.actor = actor;
        this.files = files;
        this.navigator = navigator;
    }

    @Override
    public String id() {
        return "schedules";
    }

    @Override
    public String title() {
        return Messages.get("schedules.title");
    }

    @Override
    public Ikon icon() {
        return Icons.SCHEDULE;
    }

    @Override
    public Node view() {
        list = new SchedulesView(context, model, this::showRun);
        place.getChildren().setAll(list);
        return place;
    }

    private void showRun(long id) {
        showRun(id, new RunView.Back(Messages.get("schedules.title"), this::showList), ChangeFilter.everything());
    }

    private void showRun(long id, RunView.Back back, ChangeFilter only) {
        var opened = new RunViewModel(context.tasks(), services, actor, id);
        opened.filterProperty().set(only);
        run = opened;
        place.getChildren().setAll(new RunView(context, opened, files, back,
                other -> showRun(other, back, ChangeFilter.everything())));
        opened.reload();
    }

    private void showList() {
        run = null;
        if (list != null) {
            place.getChildren().setAll(list);
        }
        model.reload();
    }

    @Override
    public ReadOnlyStringProperty countProperty() {
        return model.countWordsProperty();
    }

    @Override
    public ReadOnlyIntegerProperty mattersProperty() {
        return model.mattersProperty();
    }

    @Override
    public void shown(Map<String, String> arguments) {
        var wanted = arguments.get("run");
        if (wanted != null && wanted.matches("[0-9]{1,18}")) {
            var back = "activity".equals(arguments.get("back"))
                    ? new RunView.Back(Messages.get("schedules.run.activity"), () -> navigator.open("activity"))
                    : new RunView.Back(Messages.get("schedules.title"), this::showList);
            showRun(Long.parseLong(wanted), back, "conflicts".equals(arguments.get("changes"))
                    ? ChangeFilter.of(ChangeKind.CONFLICT)
                    : ChangeFilter.everything());
        } else {
            showList();
        }
    }

    @Override
    public void reload() {
        if (run != null) {
            run.reload();
        } else {
            model.reload();
        }
    }
}
