package org.rollcall.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import javafx.scene.Node;

import org.rollcall.connect.JobControl;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.sample.SampleTenant;
import org.rollcall.schedule.ScheduleView;
import org.rollcall.signin.SignInFigures;
import org.rollcall.store.ProfileStore;
import org.rollcall.ui.activity.ActivityScreen;
import org.rollcall.ui.activity.ActivityServices;
import org.rollcall.ui.activity.ActivityViewModel;
import org.rollcall.ui.authentication.AuthenticationScreen;
import org.rollcall.ui.authentication.AuthenticationServices;
import org.rollcall.ui.authentication.AuthenticationViewModel;
import org.rollcall.ui.common.Closing;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.FileAsk;
import org.rollcall.ui.common.FileOpen;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.Screen;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.common.WindowPreferences;
import org.rollcall.ui.groups.GroupsScreen;
import org.rollcall.ui.groups.GroupsServices;
import org.rollcall.ui.groups.GroupsViewModel;
import org.rollcall.ui.overview.OverviewScreen;
import org.rollcall.ui.overview.OverviewViewModel;
import org.rollcall.ui.profile.ProfileScreen;
import org.rollcall.ui.profile.ProfileServices;
import org.rollcall.ui.profile.ProfileViewModel;
import org.rollcall.ui.roles.RolesScreen;
import org.rollcall.ui.roles.RolesServices;
import org.rollcall.ui.roles.RolesViewModel;
import org.rollcall.ui.schedules.SchedulesScreen;
import org.rollcall.ui.schedules.SchedulesServices;
import org.rollcall.ui.schedules.SchedulesViewModel;
import org.rollcall.ui.settings.SettingsScreen;
import org.rollcall.ui.settings.SettingsServices;
import org.rollcall.ui.settings.SettingsViewModel;
import org.rollcall.ui.users.UsersScreen;
import org.rollcall.ui.users.UsersServices;
import org.rollcall.ui.users.UsersViewModel;
import org.rollcall.ui.welcome.SampleStartViewModel;
import org.rollcall.ui.welcome.WelcomeLinks;
import org.rollcall.ui.welcome.WelcomeView;

/// The screens of the sidebar, in its groups, as far as the person may see them. Each is made here by one line.
final class Screens {
    private final WindowContext context;
    private final WindowServices services;
    private final AppContext app;
    private final Actor actor;
    private final Navigator navigator;
    private final WindowPreferences preferences;
    private final Runnable connect;
    private final Consumer<String> guide;
    private final Runnable anew;

    /// @param connect opens the wizard, empty
    /// @param guide   opens a page of the guide
    /// @param anew    makes all screens again, since another language is spoken
    Screens(WindowContext context, WindowServices services, Actor actor, Navigator navigator,
            WindowPreferences preferences, Runnable connect, Consumer<String> guide, Runnable anew) {
        this.anew = anew;
        this.guide = guide;
        this.context = context;
        this.services = services;
        this.app = services.context();
        this.actor = actor;
        this.navigator = navigator;
        this.preferences = preferences;
        this.connect = connect;
    }

    /// @param explore opens the wizard, filled in for the sample tenant
    /// @param connectAgain opens the wizard for a tenant whose credential is to be replaced
    /// @param editImport opens the wizard filled in with what a schedule imports
    List<List<Screen>> of(Consumer<SampleTenant> explore, LongConsumer connectAgain,
            Consumer<ScheduleView> editImport) {
        var sample = new SampleStartViewModel(context.tasks(), services::sample, explore);
        var groups = new ArrayList<List<Screen>>();
        groups.add(allowed(Permission.VIEW_DIRECTORY,
                new OverviewScreen(context, new OverviewViewModel(context.tasks(), services::figures, actor),
                        answering(navigator, connectAgain),
                        () -> new WelcomeView(context.motion(), sample, connect, welcomeLinks()))));
        groups.add(allowed(Permission.VIEW_DIRECTORY, users(), groups(), roles()));
        groups.add(allowed(Permission.VIEW_ACTIVITY, schedules(editImport, connectAgain), activity()));
        var last = new ArrayList<>(allowed(Permission.VIEW_DIRECTORY, authentication()));
        last.add(settings());
        groups.add(last);
        if (!actor.may(Permission.VIEW_DIRECTORY) && actor.may(Permission.VIEW_OWN_PROFILE)) {
            groups.addFirst(List.of(profile()));
        }
        groups.removeIf(List::isEmpty);
        return groups;
    }

    /// The own profile, for the user menu, unless it has its place in the sidebar.
    Optional<Screen> besides() {
        return actor.mayAll(List.of(Permission.VIEW_DIRECTORY, Permission.VIEW_OWN_PROFILE))
                ? Optional.of(profile())
                : Optional.empty();
    }

    private Screen profile() {
        var services = new ProfileServices(app.people(), app.why(), app.audit(), app.auth().authentication());
        return new ProfileScreen(context, new ProfileViewModel(context.tasks(), context.toasts(), services, actor),
                FileAsk.bySystem());
    }

    /// Who may see the directory sees what else there is, and which permission it needs; to others it is not shown.
    private List<Screen> allowed(Permission needed, Screen... screens) {
        if (actor.may(needed)) {
            return List.of(screens);
        }
        return actor.may(Permission.VIEW_DIRECTORY)
                ? Arrays.stream(screens)
                        .<Screen>map(each -> new GatedScreen(each, Disallowed.reason(false, needed.words()))).toList()
                : List.of();
    }

    private WelcomeLinks welcomeLinks() {
        return new WelcomeLinks(actor.may(Permission.MANAGE_SETTINGS)
                ? () -> navigator.open("settings", Map.of("import", ""))
                : null, guide);
    }

    private Screen settings() {
        var services = new SettingsServices(app.settings(), app.notifications(), app.vault(), app.protection(),
                app::supportFile, app::backup,
                new WindowFolder(app.home()), FileAsk.bySystem(), FileOpen.bySystem(),
                new LanguageSetting(preferences, anew), guide,
                new Closing(preferences), WindowFolder.version());
        return new SettingsScreen(context, new SettingsViewModel(context.tasks(), context.toasts(), services, actor),
                navigator);
    }

    private Screen authentication() {
        var auth = app.auth();
        var services = new AuthenticationServices(auth.authentication(),
                new SignInFigures(app.database(), app.clock()),
                (who, user, mode, prompts, trail, job) -> auth.test().test(who, user, mode, prompts, trail,
                        new JobControl(job, true)));
        return new AuthenticationScreen(context,
                new AuthenticationViewModel(context.tasks(), context.toasts(), services, actor), FileOpen.bySystem(),
                navigator, connect);
    }

    /// Leads where Overview's matters are dealt with: to a screen, or into the wizard.
    private static Navigator answering(Navigator navigator, LongConsumer connectAgain) {
        return new Navigator() {
            @Override
            public void open(String screen, Map<String, String> arguments) {
                var tenant = arguments.get("tenant");
                if (screen.equals("connect") && tenant != null) {
                    connectAgain.accept(Long.parseLong(tenant));
                } else {
                    navigator.open(screen, arguments);
                }
            }

            @Override
            public void cover(Node page) {
                navigator.cover(page);
            }

            @Override
            public void uncover() {
                navigator.uncover();
            }
        };
    }

    private Screen groups() {
        var services = new GroupsServices(app.groups(), app.people(), app.roles(), app.tenantStore()::all,
                new ProfileStore(app.database(), app.clock())::ofTenant, app.past());
        return new GroupsScreen(context, new GroupsViewModel(context.tasks(), services, actor, connect),
                FileAsk.bySystem(), navigator);
    }

    private Screen roles() {
        var services = new RolesServices(app.roles(), app.groups(), app.tenantStore()::list,
                new ProfileStore(app.database(), app.clock())::ofTenant);
        return new RolesScreen(context,
                new RolesViewModel(context.tasks(), services, actor, context.toasts()::show, connect), navigator);
    }

    private Screen activity() {
        var profiles = new ProfileStore(app.database(), app.clock());
        var services = new ActivityServices(app.audit(), app.runs(), app.people(),
                () -> app.tenantStore().all().stream().flatMap(tenant -> profiles.ofTenant(tenant.id()).stream()
                        .map(each -> new ActivityServices.ImportName(tenant, each)))
                        .toList());
        return new ActivityScreen(context, new ActivityViewModel(context.tasks(), services, actor, context.clock()),
                FileAsk.bySystem(), run -> navigator.open("schedules", Map.of("run", String.valueOf(run), "back",
                        "activity")),
                navigator);
    }

    private Screen schedules(Consumer<ScheduleView> editImport, LongConsumer connectAgain) {
        var services = new SchedulesServices(app.schedules(), app.runs(), app.groups(), app.people(), app.undo(),
                app.stoppedRuns(), app::scheduleRunner, app.tenants(), app.imports()::limit, connectAgain);
        return new SchedulesScreen(context, services,
                new SchedulesViewModel(context.tasks(), context.toasts(), services, actor, connect,
                        editImport),
                actor, FileAsk.bySystem(), navigator);
    }

    private Screen users() {
        var services = new UsersServices(app.people(), app.peopleEdits(), app.groups(), app.roles(), app.why(),
                app.runs(), app.audit(),
                app.localAccounts(), app.auth().authentication(), app.tenantStore()::all, app.past());
        return new UsersScreen(context, services, new UsersViewModel(context.tasks(), services, actor, connect),
                FileAsk.bySystem(), navigator, preferences);
    }
}
