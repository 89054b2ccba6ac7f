package org.rollcall.app;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import javafx.scene.Node;

import org.rollcall.domain.Actor;
import org.rollcall.sample.SampleTenant;
import org.rollcall.store.ProfileStore;
import org.rollcall.ui.activity.ActivityScreen;
import org.rollcall.ui.activity.ActivityServices;
import org.rollcall.ui.activity.ActivityViewModel;
import org.rollcall.ui.common.FileAsk;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.Screen;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.common.WindowPreferences;
import org.rollcall.ui.groups.GroupsScreen;
import org.rollcall.ui.groups.GroupsServices;
import org.rollcall.ui.groups.GroupsViewModel;
import org.rollcall.ui.overview.OverviewScreen;
import org.rollcall.ui.overview.OverviewViewModel;
import org.rollcall.ui.roles.RolesScreen;
import org.rollcall.ui.roles.RolesServices;
import org.rollcall.ui.roles.RolesViewModel;
import org.rollcall.ui.schedules.SchedulesScreen;
import org.rollcall.ui.schedules.SchedulesServices;
import org.rollcall.ui.schedules.SchedulesViewModel;
import org.rollcall.ui.users.UsersScreen;
import org.rollcall.ui.users.UsersServices;
import org.rollcall.ui.users.UsersViewModel;
import org.rollcall.ui.welcome.SampleStartViewModel;
import org.rollcall.ui.welcome.WelcomeView;

/// The screens of the sidebar, in its groups. Each is made here by one line.
final class Screens {
    private Screens() {}

    /// @param connect opens the wizard, empty
    /// @param explore opens the wizard, filled in for the sample tenant
    /// @param connectAgain opens the wizard for a tenant whose credential is to be replaced
    static List<List<Screen>> of(WindowContext context, WindowServices services, Actor actor, Navigator navigator,
            Runnable connect, Consumer<SampleTenant> explore, LongConsumer connectAgain,
            WindowPreferences preferences) {
        var sample = new SampleStartViewModel(context.tasks(), services::sample, explore);
        return List.of(List.of(
                new OverviewScreen(context, new OverviewViewModel(context.tasks(), services::figures, actor),
                        answering(navigator, connectAgain), () -> new WelcomeView(context.motion(), sample, connect))),
                List.of(users(context, services.context(), actor, navigator, connect, preferences),
                        groups(context, services.context(), actor, navigator, connect),
                        roles(context, services.context(), actor, navigator, connect)),
                List.of(schedules(context, services.context(), actor, navigator, connect),
                        activity(context, services.context(), actor, navigator)));
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

    private static Screen groups(WindowContext context, AppContext app, Actor actor, Navigator navigator,
            Runnable connect) {
        var services = new GroupsServices(app.groups(), app.people(), app.roles(), app.tenantStore()::list,
                new ProfileStore(app.database(), app.clock())::ofTenant);
        return new GroupsScreen(context, new GroupsViewModel(context.tasks(), services, actor, connect),
                FileAsk.bySystem(), navigator);
    }

    private static Screen roles(WindowContext context, AppContext app, Actor actor, Navigator navigator,
            Runnable connect) {
        var services = new RolesServices(app.roles(), app.groups(), app.tenantStore()::list,
                new ProfileStore(app.database(), app.clock())::ofTenant);
        return new RolesScreen(context,
                new RolesViewModel(context.tasks(), services, actor, context.toasts()::show, connect), navigator);
    }

    private static Screen activity(WindowContext context, AppContext app, Actor actor, Navigator navigator) {
        var profiles = new ProfileStore(app.database(), app.clock());
        var services = new ActivityServices(app.audit(), app.runs(), app.people(),
                () -> app.tenantStore().list().stream().flatMap(tenant -> profiles.ofTenant(tenant.id()).stream()
                        .map(each -> new ActivityServices.ImportName(tenant, each)))
                        .toList());
        return new ActivityScreen(context, new ActivityViewModel(context.tasks(), services, actor, context.clock()),
                FileAsk.bySystem(), run -> navigator.open("schedules", Map.of("run", String.valueOf(run), "back",
                        "activity")),
                navigator);
    }

    private static Screen schedules(WindowContext context, AppContext app, Actor actor, Navigator navigator,
            Runnable connect) {
        var services = new SchedulesServices(app.schedules(), app.runs(), app.groups(), app.people());
        return new SchedulesScreen(context, services,
                new SchedulesViewModel(context.tasks(), context.toasts(), services, actor, connect), actor,
                FileAsk.bySystem(), navigator);
    }

    private static Screen users(WindowContext context, AppContext app, Actor actor, Navigator navigator,
            Runnable connect, WindowPreferences preferences) {
        var services = new UsersServices(app.people(), app.groups(), app.roles(), app.why(), app.runs(), app.audit(),
                app.localAccounts(), app.tenantStore()::list);
        return new UsersScreen(context, services, new UsersViewModel(context.tasks(), services, actor, connect),
                FileAsk.bySystem(), navigator, preferences);
    }
}
