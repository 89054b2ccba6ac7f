package org.rollcall.ui.activity;

import java.util.Map;
import java.util.function.LongConsumer;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;

import org.rollcall.ui.common.FileAsk;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.Screen;
import org.rollcall.ui.common.WindowContext;

/// Activity in the sidebar. Arguments: `tab` (`runs` or `events`), `event` (a number).
public final class ActivityScreen implements Screen {
    private final WindowContext context;
    private final ActivityViewModel model;
    private final FileAsk files;
    private final LongConsumer openRun;
    private final Navigator navigator;
    private final ReadOnlyStringWrapper count = new ReadOnlyStringWrapper("");
    private @Nullable ActivityView view;

    /// @param openRun shows the page of a run
    public ActivityScreen(WindowContext context, ActivityViewModel model, FileAsk files, LongConsumer openRun,
            Navigator navigator) {
        this.context = context;
        this.model = model;
        this.files = files;
        this.openRun = openRun;
        this.navigator = navigator;
        count.bind(model.countWords());
    }

    @Override
    public String id() {
        return "activity";
    }

    @Override
    public String title() {
        return Messages.get("activity.title");
    }

    @Override
    public Ikon icon() {
        return Icons.ACTIVITY;
    }

    @Override
    public Node view() {
        var made = new ActivityView(context, model, files, openRun, navigator);
        view = made;
        return made;
    }

    @Override
    public ReadOnlyStringProperty countProperty() {
        return count.getReadOnlyProperty();
    }

    @Override
    public void shown(Map<String, String> arguments) {
        var event = arguments.get("event");
        if (event != null && event.matches("[0-9]{1,18}")) {
            model.showEvent(Long.parseLong(event));
        } else if ("events".equals(arguments.get("tab"))) {
            model.tabProperty().set(ActivityViewModel.Tab.EVENTS);
            if ("signin".equals(arguments.get("kind"))) {
                var query = model.events().queryProperty();
                query.set(query.get().withKind(EventKind.SIGN_IN));
            }
        } else if ("runs".equals(arguments.get("tab"))) {
            model.tabProperty().set(ActivityViewModel.Tab.RUNS);
        }
        model.reload();
    }

    @Override
    public void reload() {
        model.reload();
    }

    @Override
    public void focusFilter() {
        if (view != null) {
            view.focusFilter();
        }
    }
}
