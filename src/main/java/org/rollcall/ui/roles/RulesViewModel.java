package org.rollcall.ui.roles;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Page;
import org.rollcall.domain.Ref;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RollcallException;
import org.rollcall.roles.RulePreview;
import org.rollcall.roles.RuleService.RuleUse;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.UiTasks;

/// The rules of one import as somebody puts them, and what saving them would do. Knows no scene.
public final class RulesViewModel {
    private final UiTasks tasks;
    private final RolesServices services;
    private final Actor actor;
    private final java.util.function.Consumer<Toast> toasts;
    private final Runnable changed;
    private final ObservableList<RuleSource> sources = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<@Nullable RuleSource> source = new ReadOnlyObjectWrapper<>();
    private final ObservableList<DraftRule> rules = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper unsaved = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper saving = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable RulePreview> preview = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable RollcallException> trouble = new ReadOnlyObjectWrapper<>();
    private List<RuleUse> stored = List.of();
    private final ReadOnlyLongWrapper byDefault = new ReadOnlyLongWrapper();
    private @Nullable RunningJob previewing;

    /// The rules of an import as they are stored.
    record Stored(List<RuleUse> uses, long byDefault) {}

    /// @param changed reads the screen again after a save
    RulesViewModel(UiTasks tasks, RolesServices services, Actor actor, java.util.function.Consumer<Toast> toasts,
            Runnable changed) {
        this.tasks = tasks;
        this.services = services;
        this.actor = actor;
        this.toasts = toasts;
        this.changed = changed;
    }

    ObservableList<RuleSource> sources() {
        return sources;
    }

    ReadOnlyObjectProperty<@Nullable RuleSource> sourceProperty() {
        return source.getReadOnlyProperty();
    }

    /// In their order.
    ObservableList<DraftRule> rules() {
        return rules;
    }

    ReadOnlyBooleanProperty unsavedProperty() {
        return unsaved.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty savingProperty() {
        return saving.getReadOnlyProperty();
    }

    /// What saving would do; null while it is worked out, and while nothing is unsaved.
    ReadOnlyObjectProperty<@Nullable RulePreview> previewProperty() {
        return preview.getReadOnlyProperty();
    }

    /// Why it could not be saved or worked out.
    ReadOnlyObjectProperty<@Nullable RollcallException> troubleProperty() {
        return trouble.getReadOnlyProperty();
    }

    /// Off the FX thread.
    Stored read(RuleSource from) {
        return new Stored(services.roles().rules().list(actor, from.profile().id()),
                services.roles().rules().byDefault(actor, from.profile().id()));
    }

    /// Shows what was read; unsaved changes stay, and where the rules were changed beneath them it is said.
    void show(List<RuleSource> all, @Nullable RuleSource from, @Nullable Stored read) {
        sources.setAll(all);
        boolean another = from == null || source.get() == null
                || source.get().profile().id() != from.profile().id();
        source.set(from);
        var now = read == null ? List.<RuleUse>of() : read.uses();
        long others = read == null ? 0 : read.byDefault();
        if (!another && !unsaved.get() && now.equals(stored) && others == byDefault.get()) {
            return;
        }
        byDefault.set(others);
        if (!another && unsaved.get()) {
            if (plain(now).equals(plain(stored))) {
                work();
            } else {
                trouble.set(new RollcallException(ErrorKind.CONFLICT, "rules.changed",
                        Messages.get("roles.rules.changed"), Messages.get("roles.rules.changed.remedy")));
            }
            return;
        }
        stored = now;
        discard();
    }

    /// How many people a rule decides: as saved, or as it would be.
    @Nullable
    Long decides(int place) {
        var shown = preview.get();
        if (!unsaved.get()) {
            int was = rules.get(place).storedPlace();
            return was < 0 ? null : Long.valueOf(stored.get(was).decides());
        }
        return shown == null || place >= shown.decides().size() ? null : shown.decides().get(place);
    }

    /// How many people no rule decides, as saved. Changes by itself where an import has no rules.
    ReadOnlyLongProperty byDefaultProperty() {
        return byDefault.getReadOnlyProperty();
    }

    @Nullable
    Long others() {
        var shown = preview.get();
        return unsaved.get() ? shown == null ? null : Long.valueOf(shown.others()) : Long.valueOf(byDefault.get());
    }

    /// The name of the group whose saved rule has that id.
    @Nullable
    String groupOf(@Nullable Long ruleId) {
        return stored.stream().map(RuleUse::rule).filter(rule -> Objects.equals(rule.id(), ruleId)).findFirst()
                .map(rule -> rule.group().name()).orElse(null);
    }

    /// @return the place where it stands now
    int move(int from, int to) {
        int place = Math.clamp(to, 0, rules.size() - 1);
        if (place != from) {
            var order = new ArrayList<>(rules);
            order.add(place, order.remove(from).move());
            put(order);
        }
        return place;
    }

    void set(int place, DraftRule rule) {
        var order = new ArrayList<>(rules);
        order.set(place, rule);
        put(order);
    }

    void add(Ref group, boolean nested, long roleId) {
        var into = source.get();
        if (into != null) {
            var order = new ArrayList<>(rules);
            order.add(new DraftRule(new RoleRule(0, into.profile().id(), order.size(), group, nested, roleId), true,
                    -1, false));
            put(order);
        }
    }

    void remove(int place) {
        var order = new ArrayList<>(rules);
        order.remove(place);
        put(order);
    }

    private void put(List<DraftRule> order) {
        rules.setAll(order);
        trouble.set(null);
        unsaved.set(!plain(stored).equals(inOrder()));
        if (unsaved.get()) {
            work();
        } else {
            stopWork();
        }
    }

    void discard() {
        stopWork();
        trouble.set(null);
        var order = new ArrayList<DraftRule>();
        for (int i = 0; i < stored.size(); i++) {
            order.add(new DraftRule(stored.get(i).rule(), stored.get(i).groupPresent(), i, false));
        }
        // In this order: what is listed never asks about rules that are not there any more.
        rules.setAll(order);
        unsaved.set(false);
    }

    private void stopWork() {
        var before = previewing;
        if (before != null) {
            before.cancel();
        }
        preview.set(null);
    }

    private void work() {
        stopWork();
        var into = source.get();
        if (into == null) {
            return;
        }
        var asked = inOrder();
        previewing = tasks.quietly(
                job -> services.roles().previews().preview(actor, into.profile().id(), asked, job::checkCancelled),
                preview::set, trouble::set);
    }

    /// People who would get another role, a page at a time; off the FX thread.
    Page<RulePreview.ChangedPerson> people(RulePreview of, String words, @Nullable String after, int limit) {
        return services.roles().previews().people(actor, of, words, after, limit);
    }

    void save() {
        var into = source.get();
        var expected = preview.get();
        if (into == null || expected == null || saving.get()) {
            return;
        }
        saving.set(true);
        trouble.set(null);
        var seen = plain(stored);
        var inOrder = inOrder();
        int people = expected.changes().size();
        tasks.start(Messages.get("roles.rules.saving"), _ -> {
            services.roles().rules().save(actor, into.profile().id(), seen, inOrder);
            return services.roles().rules().list(actor, into.profile().id());
        }, after -> {
            saving.set(false);
            stored = after;
            discard();
            toasts.accept(Toast.undoable(Messages.get("roles.rules.saved", people),
                    () -> undo(into, after.stream().map(RuleUse::rule).toList(), seen)));
            changed.run();
        }, refused -> {
            saving.set(false);
            trouble.set(refused);
        });
    }

    private void undo(RuleSource into, List<RoleRule> now, List<RoleRule> before) {
        tasks.start(Messages.get("roles.rules.saving"),
                _ -> services.roles().rules().save(actor, into.profile().id(), now, before), _ -> {
                    toasts.accept(Toast.done(Messages.get("roles.rules.undone")));
                    changed.run();
                }, refused -> toasts.accept(Toast.failed(Messages.trouble(refused))));
    }

    /// The rules as they would be saved.
    List<RoleRule> inOrder() {
        var order = new ArrayList<RoleRule>();
        for (var each : rules) {
            var rule = each.rule();
            order.add(new RoleRule(rule.id(), rule.profileId(), order.size(), rule.group(), rule.nested(),
                    rule.roleId()));
        }
        return order;
    }

    private static List<RoleRule> plain(List<RuleUse> uses) {
        return uses.stream().map(RuleUse::rule).toList();
    }
}
