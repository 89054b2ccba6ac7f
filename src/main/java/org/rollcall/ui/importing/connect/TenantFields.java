package org.rollcall.ui.importing.connect;

import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import org.rollcall.connect.CredentialFiles;
import org.rollcall.connect.TenantAddress;
import org.rollcall.connect.TenantPlace;
import org.rollcall.domain.Cloud;
import org.rollcall.source.FoundTenant;
import org.rollcall.text.Words;
import org.rollcall.ui.common.CaField;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.importing.draft.ImportSession;

/// The fields that every way to connect asks for: which cloud, which tenant, and, folded away, addresses, authority and
/// proxy of organisations that have their own.
final class TenantFields {
    private final ImportSession session;
    private final CheckedField tenant;
    private final CheckedField authority;
    private final CheckedField graph;
    private final ProxyFields proxy;
    private final FormField cloud;
    private final TitledPane advanced;
    private @Nullable TenantPlace lookedUp;
    private final ReadOnlyObjectWrapper<@Nullable TenantPlace> unknown = new ReadOnlyObjectWrapper<>();

    /// @param prefix of the fields' ids: `connect.hand`
    TenantFields(ImportSession session, String prefix) {
        this.session = session;
        var draft = session.draft();
        var choice = new ComboBox<Cloud>();
        choice.setId(prefix + ".cloud");
        choice.getItems().setAll(Cloud.values());
        choice.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable Cloud one) {
                return one == null ? "" : Messages.get("importing.cloud." + one.optionName().replace("-", ""));
            }

            @Override
            public @Nullable Cloud fromString(String text) {
                return null;
            }
        });
        choice.valueProperty().bindBidirectional(draft.cloudProperty());
        cloud = new FormField(Messages.get("importing.connect.cloud"), choice);
        tenant = new CheckedField(prefix + ".tenant", Messages.get("importing.connect.tenant"), draft.tenantProperty(),
                TenantAddress::tenant);
        authority = new CheckedField(prefix + ".authority", Messages.get("importing.connect.authority"),
                draft.authorityUrlProperty(), typed -> TenantAddress.origin(typed, Words.of("connect.what.address")));
        graph = new CheckedField(prefix + ".graph", Messages.get("importing.connect.graph"), draft.graphUrlProperty(),
                typed -> TenantAddress.origin(typed, Words.of("connect.what.address")));
        proxy = new ProxyFields(draft, prefix, this::lookUp);
        List.of(tenant, authority, graph).forEach(field -> field.onLeft(this::lookUp));
        draft.cloudProperty().addListener((_, _, _) -> lookUp());
        var own = new VBox(12, authority.node(), graph.node());
        draft.cloudProperty().subscribe(now -> {
            own.setVisible(now == Cloud.CUSTOM);
            own.setManaged(now == Cloud.CUSTOM);
        });
        advanced = new TitledPane(Messages.get("importing.connect.advanced"),
                new VBox(12, own, authorities(prefix), proxy));
        advanced.setId(prefix + ".advanced");
        advanced.getStyleClass().add("advanced");
        advanced.setAnimated(false);
        advanced.setExpanded(false);
        draft.cloudProperty().subscribe(now -> {
            if (now == Cloud.CUSTOM && (authority.isValid() && graph.isValid()) == false) {
                advanced.setExpanded(true);
            }
        });
    }

    /// Says below the tenant's field which one it is, or that there is none, once everything that leads there is known.
    private void lookUp() {
        var place = session.draft().place();
        if (!missing().isEmpty() || place.equals(lookedUp) || session.draft().isConnected()) {
            return;
        }
        lookedUp = place;
        session.window().tasks().quietly(_ -> session.services().tenants().find(session.actor(), place), found -> {
            if (place.equals(session.draft().place()) && tenant.isValid()) {
                found.ifPresentOrElse(this::found,
                        () -> {
                            tenant.wrong(Messages.get("importing.connect.noTenant"));
                            unknown.set(place);
                        });
            }
        }, _ -> {
            // Whoever is offline now may not be when it matters; then the reason is told.
            if (place.equals(lookedUp)) {
                lookedUp = null;
            }
        });
    }

    private void found(FoundTenant which) {
        var name = which.name();
        boolean asTyped = which.id().equalsIgnoreCase(session.draft().tenantProperty().get().strip());
        tenant.node().errorProperty().set("");
        tenant.node().hintProperty().set(name == null
                ? asTyped
                        ? Messages.get("importing.connect.found")
                        : Messages.get("importing.connect.found.id", which.id())
                : Messages.get("importing.connect.found.name", name, which.id()));
    }

    List<FormField> first() {
        return List.of(cloud, tenant.node());
    }

    TitledPane advanced() {
        return advanced;
    }

    /// The place where Entra knows no such tenant; null while none was found missing.
    ReadOnlyObjectProperty<@Nullable TenantPlace> unknownProperty() {
        return unknown.getReadOnlyProperty();
    }

    /// What is missing, in words; empty for nothing.
    String missing() {
        var draft = session.draft();
        if (!tenant.isValid() || draft.place().equals(unknown.get())) {
            return Messages.get(draft.tenantProperty().get().isBlank()
                    ? "importing.connect.missing.tenant"
                    : "importing.connect.missing.tenantWrong");
        }
        if (draft.cloudProperty().get() == Cloud.CUSTOM && !(authority.isValid() && graph.isValid())) {
            return Messages.get("importing.connect.missing.addresses");
        }
        return proxy.isUsable() ? "" : Messages.get("importing.connect.missing.proxy");
    }

    private FormField authorities(String prefix) {
        var draft = session.draft();
        var field = new CaField(prefix + ".ca", session.window().tasks(), (title, chosen) -> {
            var file = session.files().open(advanced(), title);
            if (file != null) {
                chosen.accept(file);
            }
        }, new CredentialFiles(session.window().clock())::certificateAuthorities, draft.caPemProperty());
        field.pemProperty().addListener((_, _, _) -> lookUp());
        return field.node();
    }
}
