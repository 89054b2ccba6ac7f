package org.rollcall.bench;

import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/// A window with one word in it, on the same libraries as the program's: what JavaFX itself costs at a start and at rest.
public final class PlainWindow extends Application {
    public static void main(String[] args) {
        launch(PlainWindow.class, args);
    }

    @Override
    public void start(Stage stage) {
        stage.setScene(new Scene(new StackPane(new Label("Plain")), 1280, 800));
        stage.show();
    }
}
