package org.rollcall.ui.importing.draft;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableMap;
import javafx.collections.ObservableSet;

import org.jspecify.annotations.Nullable;

import org.rollcall.connect.NewCredential;
import org.rollcall.connect.ProxyLogin;
import org.rollcall.connect.TenantPlace;
import org.rollcall.connect.VerifyReport;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.DisplayText;
import org.rollcall.domain.Profile;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.ProfileConfig.Filters;
import org.rollcall.domain.ProfileConfig.Mapping;
import org.rollcall.domain.ProfileConfig.Policies;
import org.rollcall.domain.ProfileConfig.Scope;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.Trigger;
import org.rollcall.domain.UserField;
import org.rollcall.sync.Draft;
import org.rollcall.sync.Draft.RuleDraft;
import org.rollcall.sync.ImportRequest;

/// Every answer of the wizard, shared by its steps, which listen here and never to each other. Three revisions count
/// changes: of the connection, of who is chosen, of how they are mapped. A change of an earlier one raises the later ones
/// too, so that a step compares one number with the one it computed for. Lives on the FX thread.
public final class ImportDraft {
    /// How the tenant is connected.
    public enum Way {
        AUTOMATIC,
        BY_HAND,
        USER_TOKEN
    }

    public enum CredentialKind {
        CERTIFICATE,
        SECRET
    }

    public enum ScopeMode {
        EVERYONE,
        GROUPS,
        PEOPLE
    }

    private static final long A_DAY = 24 * 60;

    private final String id;
    private final StringProperty step = new SimpleStringProperty("connect");

    private final ObjectProperty<Way> way = new SimpleObjectProperty<>(Way.BY_HAND);
    private final ObjectProperty<Cloud> cloud = new SimpleObjectProperty<>(Cloud.GLOBAL);
    private final StringProperty tenant = new SimpleStringProperty("");
    private final StringProperty clientId = new SimpleStringProperty("");
    private final ObjectProperty<CredentialKind> credentialKind = new SimpleObjectProperty<>(CredentialKind.SECRET);
    private final StringProperty secret = new SimpleStringProperty("");
    private final ObjectProperty<@Nullable NewCredential> certificate = new SimpleObjectProperty<>();
    private boolean certificateMade;
    private final StringProperty authorityUrl = new SimpleStringProperty("");
    private final StringProperty graphUrl = new SimpleStringProperty("");
    private final StringProperty caPem = new SimpleStringProperty("");
    private final StringProperty proxyUrl = new SimpleStringProperty("");
    private final StringProperty proxyUser = new SimpleStringProperty("");
    private final StringProperty proxyPassword = new SimpleStringProperty("");
    private final ObservableSet<Integer> portalSteps = FXCollections.observableSet();

    private final StringProperty tenantName = new SimpleStringProperty("");
    private final StringProperty organization = new SimpleStringProperty("");
    private final StringProperty credentialWords = new SimpleStringProperty("");
    private final StringProperty connectedWith = new SimpleStringProperty("");
    private final ObjectProperty<@Nullable VerifyReport> report = new SimpleObjectProperty<>();

    private final ObjectProperty<ScopeMode> scopeMode = new SimpleObjectProperty<>(ScopeMode.EVERYONE);
    private final ObservableList<Ref> groups = FXCollections.observableArrayList();
    private final BooleanProperty nested = new SimpleBooleanProperty(true);
    private final ObservableList<Ref> people = FXCollections.observableArrayList();
    private final BooleanProperty guests = new SimpleBooleanProperty(true);
    private final BooleanProperty disabled = new SimpleBooleanProperty(true);
    private final BooleanProperty mfaRegistered = new SimpleBooleanProperty(true);
    private final ObservableList<Ref> excludedGroups = FXCollections.observableArrayList();
    private final ObservableList<Ref> excludedPeople = FXCollections.observableArrayList();

    private final ObjectProperty<UserField> username = new SimpleObjectProperty<>(UserField.USER_PRINCIPAL_NAME);
    private final ObservableMap<UserField, UserField> sources = FXCollections.observableHashMap();
    private final StringProperty defaultRole = new SimpleStringProperty(Role.USER);
    private final ObservableList<RuleDraft> rules = FXCollections.observableArrayList();

    private final ObjectProperty<@Nullable Long> previewRun = new SimpleObjectProperty<>();
    private final LongProperty previewRevision = new SimpleLongProperty(-1);
    private final ObservableSet<UUID> leftOut = FXCollections.observableSet();
    private final ObservableMap<String, Integer> allowances = FXCollections.observableHashMap();
    private final ObservableMap<UUID, String> rolesByHand = FXCollections.observableHashMap();
    private final ObjectProperty<@Nullable Long> importRun = new SimpleObjectProperty<>();

    private String profile = Profile.DEFAULT_NAME;
    private Policies policies = Policies.standard();

    private final BooleanProperty scheduled = new SimpleBooleanProperty(true);
    private final LongProperty everyMinutes = new SimpleLongProperty(A_DAY);

    private final ReadOnlyLongWrapper connectionRevision = new ReadOnlyLongWrapper();
    private final ReadOnlyLongWrapper scopeRevision = new ReadOnlyLongWrapper();
    private final ReadOnlyLongWrapper mappingRevision = new ReadOnlyLongWrapper();
    private final ReadOnlyLongWrapper changes = new ReadOnlyLongWrapper();

    public ImportDraft() {
        this(UUID.randomUUID().toString());
    }

    private ImportDraft(String id) {
        this.id = id;
        List<Observable> connection = List.of(tenantName, organization);
        List<Observable> scope = List.of(scopeMode, groups, nested, people, guests, disabled, mfaRegistered,
                excludedGroups, excludedPeople);
        List<Observable> mapping = List.of(username, sources, defaultRole, rules);
        List<Observable> kept = List.of(step, way, cloud, tenant, clientId, credentialKind, certificate, authorityUrl,
                graphUrl, caPem, rolesByHand, proxyUrl, proxyUser, portalSteps, credentialWords, connectedWith,
                scheduled,
                everyMinutes);
        connection.forEach(one -> listen(one, connectionRevision));
        scope.forEach(one -> listen(one, scopeRevision));
        mapping.forEach(one -> listen(one, mappingRevision));
        kept.forEach(one -> listen(one, changes));
        connectionRevision.subscribe(_ -> scopeRevision.set(scopeRevision.get() + 1));
        scopeRevision.subscribe(_ -> mappingRevision.set(mappingRevision.get() + 1));
        mappingRevision.subscribe(_ -> changes.set(changes.get() + 1));
    }

    private static void listen(Observable one, ReadOnlyLongWrapper counter) {
        Consumer<Object> count = _ -> counter.set(counter.get() + 1);
        switch (one) {
            case javafx.beans.value.ObservableValue<?> value -> value.addListener((_, _, now) -> count.accept(now));
            case ObservableList<?> list -> list.addListener((Observable _) -> count.accept(list));
            case ObservableSet<?> set -> set.addListener((Observable _) -> count.accept(set));
            case ObservableMap<?, ?> map -> map.addListener((Observable _) -> count.accept(map));
            default -> throw new IllegalArgumentException("cannot be listened to: " + one.getClass());
        }
    }

    /// Stable, made once.
    public String id() {
        return id;
    }

    /// The id of the step that was open last.
    public StringProperty stepProperty() {
        return step;
    }

    /// Raised when the connected tenant changes.
    public ReadOnlyLongProperty connectionRevisionProperty() {
        return connectionRevision.getReadOnlyProperty();
    }

    /// Raised when the choice of people changes, or anything before it.
    public ReadOnlyLongProperty scopeRevisionProperty() {
        return scopeRevision.getReadOnlyProperty();
    }

    /// Raised when mapping, rules or default role change, or anything before them: what a preview depends on.
    public ReadOnlyLongProperty mappingRevisionProperty() {
        return mappingRevision.getReadOnlyProperty();
    }

    /// Raised with every change that is worth saving.
    public ReadOnlyLongProperty changesProperty() {
        return changes.getReadOnlyProperty();
    }

    public ObjectProperty<Way> wayProperty() {
        return way;
    }

    public ObjectProperty<Cloud> cloudProperty() {
        return cloud;
    }

    /// As typed: GUID, domain or link.
    public StringProperty tenantProperty() {
        return tenant;
    }

    public StringProperty clientIdProperty() {
        return clientId;
    }

    public ObjectProperty<CredentialKind> credentialKindProperty() {
        return credentialKind;
    }

    /// In memory only, until the tenant is stored.
    public StringProperty secretProperty() {
        return secret;
    }

    /// Kept sealed beside the draft until the tenant is stored; null for none yet.
    public ObjectProperty<@Nullable NewCredential> certificateProperty() {
        return certificate;
    }

    /// @param made here, so that its public half has to be carried to the portal
    public void certificate(@Nullable NewCredential credential, boolean made) {
        certificateMade = made;
        certificate.set(credential);
    }

    public boolean isCertificateMade() {
        return certificateMade;
    }

    public StringProperty authorityUrlProperty() {
        return authorityUrl;
    }

    public StringProperty graphUrlProperty() {
        return graphUrl;
    }

    public StringProperty caPemProperty() {
        return caPem;
    }

    public StringProperty proxyUrlProperty() {
        return proxyUrl;
    }

    /// Who signs in to the proxy; empty for nobody.
    public StringProperty proxyUserProperty() {
        return proxyUser;
    }

    /// In memory only, until the tenant is stored.
    public StringProperty proxyPasswordProperty() {
        return proxyPassword;
    }

    /// The numbers of the portal's steps that have been ticked, from 1.
    public ObservableSet<Integer> portalSteps() {
        return portalSteps;
    }

    /// What the stored tenant is called here; empty before Connect is done. All later services take it by this name.
    public StringProperty tenantNameProperty() {
        return tenantName;
    }

    /// The organisation's name in Entra; empty while unknown.
    public StringProperty organizationProperty() {
        return organization;
    }

    /// The stored credential in words: "certificate".
    public StringProperty credentialWordsProperty() {
        return credentialWords;
    }

    /// What Entra said last about the connection; null: not asked since the program started or the connection changed.
    public ObjectProperty<@Nullable VerifyReport> reportProperty() {
        return report;
    }

    /// Where the tenant lives, as typed so far.
    public TenantPlace place() {
        boolean custom = cloud.get() == Cloud.CUSTOM;
        return new TenantPlace(tenant.get(), cloud.get(), custom ? authorityUrl.get() : null,
                custom ? graphUrl.get() : null, orNull(caPem), proxyUrl.get().isBlank()
                        ? null
                        : ProxyLogin.with(proxyUrl.get().strip(), proxyUser.get(), proxyPassword.get()));
    }

    /// The tenant has been stored with the answers as they are.
    public void connected(Tenant stored, String credential, @Nullable VerifyReport found) {
        tenantName.set(stored.name());
        organization.set(Objects.requireNonNullElse(stored.organization(), stored.name()));
        clientId.set(stored.clientId());
        credentialWords.set(credential);
        report.set(found);
        connectedWith.set(connectionAnswers());
    }

    /// Whether the tenant is stored and nothing that leads to it has been changed since.
    public boolean isConnected() {
        return !tenantName.get().isEmpty() && connectedWith.get().equals(connectionAnswers());
    }

    private String connectionAnswers() {
        return String.join("\n", cloud.get().name(), tenant.get(), clientId.get(), authorityUrl.get(), graphUrl.get(),
                DisplayText.withoutUser(proxyUrl.get()), Integer.toHexString(caPem.get().hashCode()))
                + (proxyUser.get().isBlank() ? "" : "\n" + proxyUser.get().strip());
    }

    private static @Nullable String orNull(StringProperty text) {
        return text.get().isBlank() ? null : text.get();
    }

    public ObjectProperty<ScopeMode> scopeModeProperty() {
        return scopeMode;
    }

    public ObservableList<Ref> groups() {
        return groups;
    }

    /// Whether the chosen groups bring along the groups below them.
    public BooleanProperty nestedProperty() {
        return nested;
    }

    public ObservableList<Ref> people() {
        return people;
    }

    public BooleanProperty guestsProperty() {
        return guests;
    }

    public BooleanProperty disabledProperty() {
        return disabled;
    }

    /// False skips people who have registered for multi-factor authentication.
    public BooleanProperty mfaRegisteredProperty() {
        return mfaRegistered;
    }

    public ObservableList<Ref> excludedGroups() {
        return excludedGroups;
    }

    public ObservableList<Ref> excludedPeople() {
        return excludedPeople;
    }

    public ObjectProperty<UserField> usernameProperty() {
        return username;
    }

    public ObservableMap<UserField, UserField> sources() {
        return sources;
    }

    public StringProperty defaultRoleProperty() {
        return defaultRole;
    }

    public ObservableList<RuleDraft> rules() {
        return rules;
    }

    /// The preview's run; null before the first.
    public ObjectProperty<@Nullable Long> previewRunProperty() {
        return previewRun;
    }

    /// The mapping revision that the preview was made for.
    public LongProperty previewRevisionProperty() {
        return previewRevision;
    }

    /// Object ids of people and groups that the preview's reader left out.
    public ObservableSet<UUID> leftOut() {
        return leftOut;
    }

    /// Guards that are lifted for the import of this preview, by name, with how many people they let pass. Not kept with
    /// the draft: whoever opens it again decides again.
    public ObservableMap<String, Integer> allowances() {
        return allowances;
    }

    /// Role names chosen by hand in the preview, by the person's object id; given right after the import.
    public ObservableMap<UUID, String> rolesByHand() {
        return rolesByHand;
    }

    /// The run that brought them in; null before it.
    public ObjectProperty<@Nullable Long> importRunProperty() {
        return importRun;
    }

    /// Whether the import is to repeat.
    public BooleanProperty scheduledProperty() {
        return scheduled;
    }

    public LongProperty everyMinutesProperty() {
        return everyMinutes;
    }

    public ProfileConfig config() {
        var scope = switch (scopeMode.get()) {
            case EVERYONE -> Scope.everyone();
            case GROUPS -> Scope.ofGroups(groups, nested.get());
            case PEOPLE -> Scope.ofPeople(people);
        };
        return new ProfileConfig(scope,
                new Filters(guests.get(), disabled.get(), mfaRegistered.get(), excludedGroups, excludedPeople),
                new Mapping(username.get(), sources), policies);
    }

    /// What preview and import ask for.
    public ImportRequest request() {
        return new ImportRequest(tenantName.get(), profile,
                new Draft(config(), defaultRole.get(), rules), null, Trigger.MANUAL);
    }

    /// What [#resumed] makes a draft of again.
    public String answers() {
        return new DraftAnswers(step.get(), way.get(), cloud.get(), tenant.get(), clientId.get(), credentialKind.get(),
                authorityUrl.get(), graphUrl.get(), caPem.get(), DisplayText.withoutUser(proxyUrl.get()),
                proxyUser.get(),
                portalSteps.stream().sorted().toList(), tenantName.get(), organization.get(), credentialWords.get(),
                connectedWith.get(),
                scopeMode.get(), List.copyOf(groups), nested.get(), List.copyOf(people), guests.get(), disabled.get(),
                mfaRegistered.get(), List.copyOf(excludedGroups), List.copyOf(excludedPeople), username.get(),
                Map.copyOf(sources), defaultRole.get(), List.copyOf(rules), Map.copyOf(rolesByHand), scheduled.get(),
                everyMinutes.get(), profile, policies).json();
    }

    /// A draft with the answers that were saved; a fresh one if they make no sense any more. Preview and import are done
    /// again, so it opens no later than at the mapping.
    public static ImportDraft resumed(String id, String saved) {
        var draft = new ImportDraft(id);
        var answers = DraftAnswers.read(saved);
        if (answers != null) {
            draft.take(answers);
        }
        return draft;
    }

    private void take(DraftAnswers answers) {
        way.set(answers.way());
        cloud.set(answers.cloud());
        tenant.set(answers.tenant());
        clientId.set(answers.clientId());
        credentialKind.set(answers.credentialKind());
        authorityUrl.set(answers.authorityUrl());
        graphUrl.set(answers.graphUrl());
        caPem.set(answers.caPem());
        proxyUrl.set(answers.proxyUrl());
        proxyUser.set(answers.proxyUser());
        portalSteps.addAll(answers.portalSteps());
        tenantName.set(answers.tenantName());
        organization.set(answers.organization());
        credentialWords.set(answers.credentialWords());
        connectedWith.set(answers.connectedWith());
        scopeMode.set(answers.scopeMode());
        groups.setAll(answers.groups());
        nested.set(answers.nested());
        people.setAll(answers.people());
        guests.set(answers.guests());
        disabled.set(answers.disabled());
        mfaRegistered.set(answers.mfaRegistered());
        excludedGroups.setAll(answers.excludedGroups());
        excludedPeople.setAll(answers.excludedPeople());
        username.set(answers.username());
        sources.putAll(answers.sources());
        defaultRole.set(answers.defaultRole());
        rules.setAll(answers.rules());
        rolesByHand.putAll(answers.rolesByHand());
        scheduled.set(answers.scheduled());
        everyMinutes.set(answers.everyMinutes());
        profile = answers.profile();
        policies = answers.policies();
        step.set(answers.step());
    }

    /// A draft with the answers of an import that is there, at its choice of people: what leads to the tenant is settled.
    ///
    /// @param givenRole   name of its default role
    /// @param givenRules  in order
    /// @param repeatedEvery null: it is not repeated
    static ImportDraft of(Tenant tenant, Profile stored, String givenRole, List<RuleDraft> givenRules,
            @Nullable Duration repeatedEvery) {
        ImportDraft draft = Prefill.again(tenant).draft();
        draft.proxyUrl.set(Objects.requireNonNullElse(tenant.proxyUrl(), ""));
        draft.connected(tenant, "", null);
        ProfileConfig config = stored.config();
        Scope scope = config.scope();
        draft.scopeMode.set(scope.all()
                ? ScopeMode.EVERYONE
                : scope.people().isEmpty() ? ScopeMode.GROUPS : ScopeMode.PEOPLE);
        draft.groups.setAll(scope.groups());
        draft.nested.set(scope.groups().isEmpty() || scope.nested());
        draft.people.setAll(scope.people());
        draft.guests.set(config.filters().guests());
        draft.disabled.set(config.filters().disabled());
        draft.mfaRegistered.set(config.filters().mfaRegistered());
        draft.excludedGroups.setAll(config.filters().excludedGroups());
        draft.excludedPeople.setAll(config.filters().excludedPeople());
        draft.username.set(config.mapping().username());
        draft.sources.putAll(config.mapping().sources());
        draft.defaultRole.set(givenRole);
        draft.rules.setAll(givenRules);
        draft.scheduled.set(repeatedEvery != null);
        if (repeatedEvery != null) {
            draft.everyMinutes.set(repeatedEvery.toMinutes());
        }
        draft.profile = stored.name();
        draft.policies = config.policies();
        draft.step.set("choose");
        return draft;
    }
}
