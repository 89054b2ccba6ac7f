package org.rollcall.ui.importing;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

import org.rollcall.app.AppContext;
import org.rollcall.app.ReadyFolder;
import org.rollcall.connect.DraftCredentials;
import org.rollcall.connect.TenantService;
import org.rollcall.domain.Actor;
import org.rollcall.groups.GroupService;
import org.rollcall.people.PeopleService;
import org.rollcall.roles.RoleServices;
import org.rollcall.runs.RunService;
import org.rollcall.sample.SampleTenant;
import org.rollcall.schedule.ScheduleService;
import org.rollcall.sync.ImportService;
import org.rollcall.sync.choose.DraftService;
import org.rollcall.sync.choose.TenantPictures;
import org.rollcall.ui.importing.draft.ImportDraft;
import org.rollcall.ui.importing.draft.ImportServices;
import org.rollcall.ui.importing.draft.Prefill;

/// A data folder with its first administrator signed in, and a small sample tenant on HTTPS.
public final class WizardFixture implements ImportServices, AutoCloseable {
    private static final String ADMINISTRATOR = "admin";
    private static final String PASSWORD = "correct horse battery";

    private final Path home;
    private AppContext context;
    private Actor actor;
    public final SampleTenant sample;
    /// How much the wizard reads before an import; a test may play a tenant that is too big.
    public TenantPictures.Limits limits = TenantPictures.Limits.STANDARD;

    private final Clock clock;

    public WizardFixture(Path home, SampleTenant sample, Clock clock) {
        this.home = home;
        this.sample = sample;
        this.clock = clock;
        context = ReadyFolder.create(home, ADMINISTRATOR, PASSWORD.toCharArray(), "test", clock);
        actor = signIn();
    }

    static WizardFixture create(Path home) {
        return new WizardFixture(home,
                SampleTenant.start(SampleTenant.Options.defaults().withUsers(120).withGroups(12)), Clock.systemUTC());
    }

    private Actor signIn() {
        return context.signIn().signIn(ADMINISTRATOR, PASSWORD.toCharArray(), "test");
    }

    /// Closes the data folder and opens it again, as the next start of the program does.
    void restart() {
        context.close();
        context = ReadyFolder.open(home, clock);
        actor = signIn();
    }

    AppContext context() {
        return context;
    }

    public Actor actor() {
        return actor;
    }

    /// A draft that leads to the sample tenant but for the credential.
    ImportDraft draft() {
        var draft = Prefill.of(sample).draft();
        draft.secretProperty().set("");
        draft.clientIdProperty().set("");
        return draft;
    }

    @Override
    public TenantService tenants() {
        return context.tenants();
    }

    @Override
    public Optional<SignIns> signIns() {
        return context.signIns();
    }

    @Override
    public ImportService imports() {
        return context.imports();
    }

    @Override
    public RunService runs() {
        return context.runs();
    }

    @Override
    public RoleServices roles() {
        return context.roles();
    }

    @Override
    public PeopleService people() {
        return context.people();
    }

    @Override
    public GroupService groups() {
        return context.groups();
    }

    @Override
    public ScheduleService schedules() {
        return context.schedules();
    }

    @Override
    public DraftService drafts() {
        return context.drafts();
    }

    @Override
    public DraftCredentials draftCredentials() {
        return context.draftCredentials();
    }

    @Override
    public TenantPictures.Limits limits() {
        return limits;
    }

    @Override
    public void close() {
        context.close();
        sample.close();
    }
}
