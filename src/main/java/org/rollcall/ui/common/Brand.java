package org.rollcall.ui.common;

import java.util.List;
import java.util.Objects;

import javafx.scene.image.Image;
import javafx.scene.image.ImageView;

/// The program's icon.
public final class Brand {
    private static final List<Integer> SIZES = List.of(16, 24, 32, 48, 64, 128, 256);

    private Brand() {}

    /// The icon, `size` pixels wide, sharp on high-resolution displays.
    public static ImageView icon(int size) {
        var view = new ImageView(image(SIZES.stream().filter(one -> one >= 2 * size).findFirst().orElse(256)));
        view.setFitWidth(size);
        view.setFitHeight(size);
        view.setSmooth(true);
        return view;
    }

    /// All sizes, for the window and the task bar.
    public static List<Image> images() {
        return SIZES.stream().map(Brand::image).toList();
    }

    private static Image image(int size) {
        var path = "/org/rollcall/ui/icons/icon-" + size + ".png";
        return new Image(Objects.requireNonNull(Brand.class.getResource(path), path).toExternalForm());
    }
}
