package org.rollcall.ui.roles;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.RollcallException;
import org.rollcall.roles.RoleService;
import org.rollcall.roles.RoleService.RoleUse;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.ScreenState;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.UiTasks;

/// The roles with what they permit, edits of own roles that are not saved yet, and the rules beside them. Knows no scene.
public final class RolesViewModel {
    private final UiTasks tasks;
    private final RolesServices services;
    private final Actor actor;
    private final Consumer<Toast> toasts;
    private final Runnable importPeople;
    private final RulesViewModel rules;
    private final ReadOnlyObjectWrapper<List<RoleUse>> roles = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<ScreenState> state = new ReadOnlyObjectWrapper<>(
            ScreenState.loading(Messages.get("roles.reading")));
    private final ReadOnlyStringWrapper countWords = new ReadOnlyStringWrapper("");
    /// Own roles as edited here, by id, with the version they had when the edit began.
    private final ReadOnlyObjectWrapper<Map<Long, Role>> edits = new ReadOnlyObjectWrapper<>(Map.of());
    private final ReadOnlyBooleanWrapper saving = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable RollcallException> trouble = new ReadOnlyObjectWrapper<>();
    private @Nullable RunningJob reading;

    private record Read(List<RoleUse> roles, List<RuleSource> sources, @Nullable RuleSource source,
            RulesViewModel.@Nullable Stored rules) {}

    /// @param importPeople opens the import
    public RolesViewModel(UiTasks tasks, RolesServices services, Actor actor, Consumer<Toast> toasts,
            Runnable importPeople) {
        this.tasks = tasks;
        this.services = services;
        this.actor = actor;
        this.toasts = toasts;
        this.importPeople = importPeople;
        this.rules = new RulesViewModel(tasks, services, actor, toasts, this::reload);
    }

    RulesViewModel rules() {
        return rules;
    }

    RolesServices services() {
        return services;
    }

    Actor actor() {
        return actor;
    }

    Runnable importPeople() {
        return importPeople;
    }

    public ReadOnlyObjectProperty<ScreenState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty countWordsProperty() {
        return countWords.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<List<RoleUse>> rolesProperty() {
        return roles.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Map<Long, Role>> editsProperty() {
        return edits.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty savingProperty() {
        return saving.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable RollcallException> troubleProperty() {
        return trouble.getReadOnlyProperty();
    }

    List<Role> allRoles() {
        return roles.get().stream().map(RoleUse::role).toList();
    }

    @Nullable
    Role role(long id) {
        return allRoles().stream().filter(role -> role.id() == id).findFirst().orElse(null);
    }

    String roleName(long id) {
        var role = role(id);
        return role == null ? "" : role.name();
    }

    /// Why roles and rules may not be changed, in words; empty if they may.
    String reason() {
        return Disallowed.reason(actor.may(Permission.MANAGE_ROLES), Permission.MANAGE_ROLES.words());
    }

    boolean isUnsaved() {
        return !edits.get().isEmpty() || rules.unsavedProperty().get();
    }

    /// What would be lost by leaving, in words.
    String unsavedWords() {
        var names = edits.get().values().stream().map(Role::name).toList();
        var source = rules.sourceProperty().get();
        var rulesOf = source == null || !rules.unsavedProperty().get() ? "" : source.name();
        if (names.isEmpty()) {
            return Messages.get("roles.leave.rules", rulesOf);
        }
        var joined = Messages.list(names);
        return rulesOf.isEmpty()
                ? Messages.get("roles.leave.roles", joined)
                : Messages.get("roles.leave.both", rulesOf, joined);
    }

    void discardAll() {
        trouble.set(null);
        edits.set(Map.of());
        rules.discard();
    }

    /// Reads again; what is unsaved stays.
    public void reload() {
        reload(rules.sourceProperty().get());
    }

    void choose(RuleSource source) {
        reload(source);
    }

    private void reload(@Nullable RuleSource wanted) {
        var before = reading;
        if (before != null) {
            before.cancel();
        }
        reading = tasks.quietly(_ -> read(wanted), this::show, refused -> state
                .set(new ScreenState.Failed(Messages.get("roles.failed"), refused, this::reload)));
    }

    private Read read(@Nullable RuleSource wanted) {
        var all = services.roles().roles().list(actor);
        var sources = new ArrayList<RuleSource>();
        for (var tenant : services.tenants().get()) {
            var profiles = services.profiles().apply(tenant.id());
            profiles.forEach(profile -> sources.add(new RuleSource(tenant, profile, profiles.size() == 1
                    ? tenant.name()
                    : Messages.get("roles.rules.source", tenant.name(), profile.name()))));
        }
        var source = sources.stream().filter(each -> wanted != null && each.profile().id() == wanted.profile().id())
                .findFirst().orElse(sources.isEmpty() ? null : sources.getFirst());
        return new Read(all, sources, source, source == null ? null : rules.read(source));
    }

    private void show(Read read) {
        var kept = new LinkedHashMap<>(edits.get());
        kept.keySet().removeIf(id -> read.roles().stream().noneMatch(use -> use.role().id() == id));
        if (kept.size() < edits.get().size()) {
            toasts.accept(Toast.failed(Messages.get("roles.gone")));
            edits.set(kept);
        }
        roles.set(read.roles());
        countWords.set(Messages.get("roles.count", read.roles().size()));
        state.set(ScreenState.ready());
        rules.show(read.sources(), read.source(), read.rules());
    }

    /// What a role permits, as edited.
    Set<Permission> permissions(Role role) {
        var edited = edits.get().get(role.id());
        return edited == null ? role.permissions() : edited.permissions();
    }

    void permit(Role role, Permission permission, boolean permitted) {
        var present = Objects.requireNonNullElse(edits.get().get(role.id()), role);
        var now = EnumSet.noneOf(Permission.class);
        now.addAll(present.permissions());
        if (permitted) {
            now.add(permission);
        } else {
            now.remove(permission);
        }
        var all = new LinkedHashMap<>(edits.get());
        if (now.equals(role.permissions())) {
            all.remove(role.id());
        } else {
            all.put(role.id(), new Role(present.id(), present.name(), present.description(), false, present.version(),
                    now));
        }
        trouble.set(null);
        edits.set(all);
    }

    void discard() {
        trouble.set(null);
        edits.set(Map.of());
        reload();
    }

    void save() {
        if (saving.get()) {
            return;
        }
        saving.set(true);
        trouble.set(null);
        var wanted = List.copyOf(edits.get().values());
        tasks.start(Messages.get("roles.saving"), _ -> services.roles().roles().editAll(actor, wanted), done -> {
            saving.set(false);
            edits.set(Map.of());
            toasts.accept(Toast.undoable(Messages.get("roles.saved", done.size(), done.getFirst().after().name()),
                    () -> restore(done)));
            reload();
        }, refused -> {
            saving.set(false);
            trouble.set(refused);
            reload();
        });
    }

    private void restore(List<RoleService.Edit> edited) {
        tasks.start(Messages.get("roles.saving"), _ -> services.roles().roles().editAll(actor,
                edited.stream().map(RoleService.Edit::back).toList()), _ -> {
                    toasts.accept(Toast.done(Messages.get("roles.restored")));
                    reload();
                }, refused -> toasts.accept(Toast.failed(Messages.trouble(refused))));
    }

    /// Makes a role; the failure goes to the dialog that asked.
    void add(String name, String description, Set<Permission> permissions, Runnable done,
            Consumer<RollcallException> failed) {
        tasks.start(Messages.get("roles.saving"),
                _ -> services.roles().roles().add(actor, name, description, permissions), role -> {
                    done.run();
                    toasts.accept(Toast.done(Messages.get("roles.added", role.name())));
                    reload();
                }, failed);
    }

    /// Renames and describes a role; what is unsaved about its permissions stays so.
    void rename(Role role, String name, String description, Runnable done, Consumer<RollcallException> failed) {
        var wanted = new Role(role.id(), name, description, false, role.version(), role.permissions());
        tasks.start(Messages.get("roles.saving"), _ -> services.roles().roles().edit(actor, wanted), after -> {
            done.run();
            var unsaved = edits.get().get(after.id());
            if (unsaved != null) {
                var all = new LinkedHashMap<>(edits.get());
                all.put(after.id(), new Role(after.id(), after.name(), after.description(), false, after.version(),
                        unsaved.permissions()));
                edits.set(all);
            }
            toasts.accept(Toast.done(Messages.get("roles.renamed", role.name(), after.name())));
            reload();
        }, failed);
    }

    /// @param moveTo the role that people and rules get instead; null: nobody and nothing has it
    void remove(Role role, @Nullable String moveTo, Runnable done, Consumer<RollcallException> failed) {
        tasks.start(Messages.get("roles.saving"),
                _ -> services.roles().roles().remove(actor, role.name(), moveTo), moved -> {
                    done.run();
                    var all = new LinkedHashMap<>(edits.get());
                    all.remove(role.id());
                    edits.set(all);
                    toasts.accept(Toast.done(Messages.get("roles.removed", role.name(), moved)));
                    reload();
                }, failed);
    }
}
