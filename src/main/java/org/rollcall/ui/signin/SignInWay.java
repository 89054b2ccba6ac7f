package org.rollcall.ui.signin;

import java.util.ArrayList;
import java.util.List;

import org.rollcall.domain.SignInMode;
import org.rollcall.ui.common.Messages;

/// What the page has a segment for; Microsoft has several ways of its own.
enum SignInWay {
    MICROSOFT,
    DIRECTORY,
    LOCAL;

    static SignInWay of(SignInMode mode) {
        return switch (mode) {
            case LOCAL -> LOCAL;
            case AD -> DIRECTORY;
            case BROWSER, DEVICE, PASSWORD -> MICROSOFT;
        };
    }

    static List<SignInWay> of(SignInDesk.Offer offer) {
        var ways = new ArrayList<SignInWay>();
        if (offer.isMicrosoftOn()) {
            ways.add(MICROSOFT);
        }
        if (offer.isOn(SignInMode.AD)) {
            ways.add(DIRECTORY);
        }
        ways.add(LOCAL);
        return ways;
    }

    String words() {
        return switch (this) {
            case MICROSOFT -> Messages.get("signin.way.microsoft");
            case DIRECTORY -> Messages.get("signin.way.ad");
            case LOCAL -> Messages.get("signin.way.local");
        };
    }
}
