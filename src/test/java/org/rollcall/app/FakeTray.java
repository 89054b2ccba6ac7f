package org.rollcall.app;

import java.util.ArrayList;
import java.util.List;

/// A notification area without a desktop.
class FakeTray implements Tray {
    boolean there = true;
    final List<Integer> shown = new ArrayList<>();
    Runnable open = () -> {};
    Runnable quit = () -> {};
    boolean showing;

    @Override
    public boolean isThere() {
        return there;
    }

    @Override
    public void show(int matters, Runnable open, Runnable quit) {
        shown.add(matters);
        this.open = open;
        this.quit = quit;
        showing = true;
    }

    @Override
    public void hide() {
        showing = false;
    }

    @Override
    public void tell(String title, String text) {}
}
