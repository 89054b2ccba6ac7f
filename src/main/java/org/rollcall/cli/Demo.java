package org.rollcall.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.connect.NewCredential;
import org.rollcall.connect.NewTenant;
import org.rollcall.domain.Actor;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.Profile;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.domain.Run;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.Trigger;
import org.rollcall.domain.UserRow;
import org.rollcall.sample.SampleDirectory;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.Connection;
import org.rollcall.sync.Decision;
import org.rollcall.sync.Draft;
import org.rollcall.sync.ImportRequest;
import org.rollcall.text.Words;

/// The main job from an empty folder to a synchronization that follows the tenant's changes, told in plain words.
final class Demo {
    static final String ADMINISTRATOR = "admin";
    static final String PASSWORD = "a demonstration only";
    private static final String TENANT = "Contoso";

    private final Invocation invocation;
    private final Output output;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    Demo(Invocation invocation, Output output) {
        this.invocation = invocation;
        this.output = output;
    }

    /// What happened in one step.
    ///
    /// @param run the run's document, where there was one
    record Step(String title, List<String> lines, @Nullable Doc run) {}

    /// @param afterwards what follows while the sample tenant still answers; the data folder is closed again by then
    List<Step> run(Path home, SampleTenant.Options options, Runnable afterwards) {
        invocation.workspaces().init(home, ADMINISTRATOR, PASSWORD.toCharArray(), invocation.origin());
        say(Words.of("cli.demo.madeAnEmptyDataFolder", ADMINISTRATOR).shown());
        end(Words.of("cli.demo.dataFolder").shown(), null);
        try (SampleTenant sample = SampleTenant.start(options)) {
            mainJob(home, sample);
            afterwards.run();
        }
        return steps;
    }

    private void mainJob(Path home, SampleTenant sample) {
        try (Workspace workspace = invocation.workspaces().open(home); Progress progress = invocation.progress()) {
            SampleDirectory directory = sample.directory();
            say(Words.of("cli.demo.startedTheSampleTenantOn", sample.origin(), Text.people(directory.userCount()),
                    Text.count(directory.groupCount(), "group"),
                    Text.count(directory.membershipCount(), "direct-membership")).shown());
            end(Words.of("cli.demo.sampleTenant").shown(), null);
            Actor actor = workspace.signIn().signIn(ADMINISTRATOR, PASSWORD.toCharArray(), invocation.origin());
            connect(workspace, actor, sample, progress);
            var cast = DemoCast.choose(directory);
            Run preview = preview(workspace, actor, cast, progress);
            firstImport(workspace, actor, cast, preview, progress);
            promote(workspace, actor, cast);
            follow(workspace, actor, directory, cast, progress);
            unchanged(workspace, actor, progress);
        }
    }

    private void connect(Workspace workspace, Actor actor, SampleTenant sample, Progress progress) {
        Tenant tenant = workspace.tenants().add(actor, new NewTenant(TENANT, sample.tenantId(), sample.clientId(),
                new NewCredential(new Connection.Credential.Secret(sample.clientSecret()), null, null), Cloud.CUSTOM,
                sample.origin(), sample.origin(), sample.caPem(), null), true, progress);
        progress.close();
        say(Words.of("cli.demo.connectedTheTenantWithA", Text.clean(tenant.organization())).shown());
        end("Connect", null);
    }

    private Run preview(Workspace workspace, Actor actor, DemoCast cast, Progress progress) {
        Run run = workspace.imports().preview(actor, request(cast), progress).run();
        progress.close();
        say(Words.of("cli.demo.aPreviewOfAnImport", Text.clean(cast.first().displayName()),
                Text.clean(cast.second().displayName())).shown());
        figures(run);
        say(Words.of("cli.demo.nobodyHasBeenChangedSo").shown());
        end("Preview", Documents.preview(run));
        return run;
    }

    private static ImportRequest request(DemoCast cast) {
        var rules = List.of(new Draft.RuleDraft(ref(cast.first()), true, Role.OPERATOR),
                new Draft.RuleDraft(ref(cast.second()), true, Role.AUDITOR));
        return new ImportRequest(TENANT, Profile.DEFAULT_NAME, new Draft(ProfileConfig.everyone(), Role.USER, rules),
                null,
                Trigger.MANUAL);
    }

    private static Ref ref(SampleObject group) {
        return new Ref(UUID.fromString(group.id()), group.displayName());
    }

    private void firstImport(Workspace workspace, Actor actor, DemoCast cast, Run preview, Progress progress) {
        Run run = workspace.imports().run(actor, request(cast), progress).run();
        progress.close();
        require(run);
        say(Words.of("cli.demo.theImportWithTheSame").shown());
        figures(run);
        say(run.counts().equals(preview.counts())
                ? Words.of("cli.demo.itDidExactlyWhatThe").shown()
                : Words.of("cli.demo.theTenantChangedBetweenPreview").shown());
        Map<String, Long> roles = new LinkedHashMap<>();
        workspace.roles().roles().list(actor).forEach(use -> roles.put(use.role().name(), use.people()));
        say(Words.of("cli.demo.rolesNow", String.join(", ",
                roles.entrySet().stream().map(each -> each.getKey() + " " + Text.number(each.getValue())).toList()))
                .shown());
        end("Import", Documents.run(run));
    }

    private void promote(Workspace workspace, Actor actor, DemoCast cast) {
        UserRow user = workspace.people().find(actor, cast.promoted().id());
        workspace.roles().assignments().setRole(actor, List.of(user.id()), Role.ADMINISTRATOR);
        say(Words.of("cli.demo.madeAnAdministratorByHand", Text.clean(user.shownName())).shown());
        end("Promote", null);
    }

    private void follow(Workspace workspace, Actor actor, SampleDirectory directory, DemoCast cast, Progress progress) {
        String before = cast.renamed().userPrincipalName();
        String after = "renamed." + before;
        directory.leave(cast.leaver().id());
        directory.rename(cast.renamed().id(), after, cast.renamed().displayName() + " (new name)");
        directory.move(cast.moved().id(), cast.first().id(), cast.second().id());
        say(Words.of("cli.demo.inTheTenantLeftIs", Text.clean(cast.leaver().displayName()), Text.clean(before),
                Text.clean(after), Text.clean(cast.moved().displayName()), Text.clean(cast.first().displayName()),
                Text.clean(cast.second().displayName())).shown());
        Run run = workspace.imports().run(actor, repeat(), progress).run();
        progress.close();
        require(run);
        say(Words.of("cli.demo.theNextSynchronizationBroughtIn", Text.count(run.requests(), "request")).shown());
        figures(run);
        UserRow left = workspace.people().find(actor, cast.leaver().id());
        UserRow promoted = workspace.people().find(actor, cast.promoted().id());
        UserRow moved = workspace.people().find(actor, cast.moved().id());
        say(Words
                .of("cli.demo.isIsStillIs", Text.clean(left.shownName()), left.status(),
                        Text.clean(promoted.shownName()), promoted.role(), Text.clean(moved.shownName()), moved.role())
                .shown());
        for (Decision decision : workspace.why().why(actor, moved.id())) {
            say(Words.of("cli.demo.why", decision.about(), Text.clean(decision.value()), Text.clean(decision.because()))
                    .shown());
        }
        end("Synchronize", Documents.run(run));
    }

    private void unchanged(Workspace workspace, Actor actor, Progress progress) {
        Run run = workspace.imports().run(actor, repeat(), progress).run();
        progress.close();
        require(run);
        long changes = run.counts().entrySet().stream().filter(each -> each.getKey().changesDirectory())
                .mapToLong(Map.Entry::getValue).sum();
        say(Words.of("cli.demo.onceMoreWithNothingChanged", Text.count(changes, "change"),
                Text.count(run.requests(), "request")).shown());
        var chain = workspace.audit().verify(actor);
        say(Words.of("cli.demo.theAuditLogHasIts", Text.count(chain.events(), "event"),
                chain.intact()
                        ? Words.of("cli.demo.theAuditLogHasIts.part2")
                        : Words.of("cli.demo.theAuditLogHasIts.part2.else"))
                .shown());
        end(Words.of("cli.demo.nothingNew").shown(), Documents.run(run));
    }

    private static ImportRequest repeat() {
        return ImportRequest.repeat(TENANT, Profile.DEFAULT_NAME, Trigger.MANUAL);
    }

    private static void require(Run run) {
        if (run.error() != null) {
            throw run.error().toException();
        }
        if (run.state() == org.rollcall.domain.RunState.CANCELLED) {
            throw new java.util.concurrent.CancellationException("cancelled");
        }
    }

    private void figures(Run run) {
        RunAnswer.counts(run).forEach(this::say);
        if (run.count(ChangeKind.CONFLICT) > 0) {
            say(Words.of("cli.demo.conflictsAreLeftForA").shown());
        }
        say(Words.of("cli.demo.readWith", Text.count(run.requests(), "request")).shown());
    }

    void say(String line) {
        lines.add(line);
    }

    /// Ends a step and, for people, prints it.
    private void end(String title, @Nullable Doc run) {
        steps.add(new Step(title, List.copyOf(lines), run));
        if (!output.json()) {
            var printed = new ArrayList<String>();
            printed.add(steps.size() + ". " + title);
            lines.forEach(line -> printed.add("   " + line));
            printed.add("");
            output.lines(printed);
            invocation.terminal().out().flush();
        }
        lines.clear();
        invocation.token().check();
    }
}
