package org.rollcall.ui.importing.connect;

import javafx.scene.layout.VBox;

import org.rollcall.connect.ProxyLogin;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.PasswordInput;
import org.rollcall.ui.importing.draft.ImportDraft;

/// The proxy's address and, once there is one, who signs in to it.
final class ProxyFields extends VBox {
    private final ImportDraft draft;
    private final CheckedField address;
    private final CheckedField user;

    /// @param prefix of the fields' ids: `connect.hand`
    /// @param left   runs whenever one of them has been left
    ProxyFields(ImportDraft draft, String prefix, Runnable left) {
        super(12);
        this.draft = draft;
        address = new CheckedField(prefix + ".proxy", Messages.get("importing.connect.proxy"),
                draft.proxyUrlProperty(), ProxyLogin::address);
        address.input().setPromptText(Messages.get("importing.connect.proxy.prompt"));
        address.onLeft(left);
        user = new CheckedField(prefix + ".proxyUser", Messages.get("importing.connect.proxy.user"),
                draft.proxyUserProperty(), ProxyLogin::user);
        user.input().setPromptText(Messages.get("importing.connect.proxy.user.prompt"));
        user.onLeft(left);
        var login = new VBox(12, user.node(), password(prefix, left));
        login.visibleProperty().bind(draft.proxyUrlProperty().isNotEmpty());
        login.managedProperty().bind(login.visibleProperty());
        getChildren().addAll(address.node(), login);
    }

    /// Whether there is no proxy, or one that can be used.
    boolean isUsable() {
        return draft.proxyUrlProperty().get().isBlank()
                || address.isValid() && (draft.proxyUserProperty().get().isBlank() || user.isValid());
    }

    private FormField password(String prefix, Runnable left) {
        var input = new PasswordInput(Messages.get("importing.connect.proxy.password"));
        input.field().setId(prefix + ".proxyPassword");
        // The field's own text is dots, so the two cannot be bound.
        input.field().passwordProperty().addListener((_, _, typed) -> draft.proxyPasswordProperty().set(typed));
        draft.proxyPasswordProperty().subscribe(value -> {
            if (!value.equals(input.field().getPassword())) {
                input.field().setText(value);
            }
        });
        input.field().focusedProperty().subscribe((before, now) -> {
            if (before && !now) {
                left.run();
            }
        });
        var field = new FormField(Messages.get("importing.connect.proxy.password"), input);
        field.visibleProperty().bind(draft.proxyUserProperty().isNotEmpty());
        field.managedProperty().bind(field.visibleProperty());
        return field;
    }
}
