package org.rollcall.ui.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserSort;
import org.rollcall.groups.GroupService;
import org.rollcall.people.PeopleService;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.PaletteSource;

/// People and groups in the palette: choosing one opens it on its screen.
public final class DirectoryPalette implements PaletteSource {
    private static final int SHORTEST = 2;
    private static final int EACH = 4;

    private final PeopleService people;
    private final GroupService groups;
    private final Actor actor;
    private final Navigator navigator;

    public DirectoryPalette(PeopleService people, GroupService groups, Actor actor, Navigator navigator) {
        this.people = people;
        this.groups = groups;
        this.actor = actor;
        this.navigator = navigator;
    }

    @Override
    public List<Entry> find(String query) {
        var found = new ArrayList<Entry>();
        if (query.length() < SHORTEST || !actor.may(Permission.VIEW_DIRECTORY)) {
            return found;
        }
        people.list(actor, UserFilter.everyone().withSearch(query), UserSort.BY_NAME, null, EACH).rows()
                .forEach(user -> found.add(new Entry(Icons.USER, user.shownName(), user.username(),
                        () -> navigator.open("users", Map.of("user", String.valueOf(user.id()))))));
        groups.list(actor, null, query, false, null, EACH).rows()
                .forEach(group -> found.add(new Entry(Icons.GROUP, group.shownName(),
                        Messages.get("shell.palette.group"),
                        () -> navigator.open("groups", Map.of("group", String.valueOf(group.id()))))));
        return found;
    }
}
