package org.rollcall.ui.schedules;

import java.util.Map;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;

import org.rollcall.domain.Actor;
import org.rollcall.ui.common.FileAsk;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Screen;
import org.rollcall.ui.common.WindowContext;

/// Schedules, as the sidebar knows it. Argument: `run` (a number) shows that run.
public final class SchedulesScreen implements Screen {
    private final WindowContext context;
    private final SchedulesServices services;
    private final SchedulesViewModel model;
    private final Actor actor;
    private final FileAsk files;
    private final StackPane place = new StackPane();
    private @Nullable Node list;
    private @Nullable RunViewModel run;

    public SchedulesScreen(WindowContext context, SchedulesServices services, SchedulesViewModel model, Actor actor,
            FileAsk files) {
        this.context = context;
        this.services = services;
        this.model = model;
        this.actor = actor;
        this.files = files;
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
        var opened = new RunViewModel(context.tasks(), services, actor, id);
        run = opened;
        place.getChildren().setAll(new RunView(context, opened, files, this::showList));
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
            showRun(Long.parseLong(wanted));
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
