package org.rollcall.ui.common;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The Feather icons by meaning, so that the same thing looks the same on every screen. Sizes in pixels: 16 in text, 14 small,
/// 12 in chips, 18 in banners, 20 in tiles, 32 in empty states.
public final class Icons {
    public static final Ikon OVERVIEW = Feather.HOME;
    public static final Ikon USER = Feather.USER;
    public static final Ikon GROUP = Feather.USERS;
    public static final Ikon ROLE = Feather.SHIELD;
    public static final Ikon SCHEDULE = Feather.CALENDAR;
    public static final Ikon ACTIVITY = Feather.ACTIVITY;
    public static final Ikon AUTHENTICATION = Feather.KEY;
    public static final Ikon SETTINGS = Feather.SETTINGS;
    public static final Ikon TENANT = Feather.CLOUD;
    public static final Ikon SAMPLE = Feather.BOX;

    public static final Ikon MICROSOFT365 = Feather.MAIL;
    public static final Ikon DYNAMIC = Feather.ZAP;
    public static final Ikon ROLE_ASSIGNABLE = Feather.SHIELD;
    public static final Ikon CYCLE = Feather.REFRESH_CW;

    public static final Ikon ADD = Feather.PLUS;
    public static final Ikon CLOSE = Feather.X;
    public static final Ikon COPY = Feather.COPY;
    public static final Ikon CHECK = Feather.CHECK;
    public static final Ikon OUTSIDE = Feather.EXTERNAL_LINK;
    public static final Ikon EXPORT = Feather.DOWNLOAD;
    public static final Ikon UNDO = Feather.ROTATE_CCW;
    public static final Ikon RUN = Feather.PLAY;
    public static final Ikon PAUSE = Feather.PAUSE;
    public static final Ikon EDIT = Feather.EDIT_2;
    public static final Ikon LOOK = Feather.EYE;
    public static final Ikon HIDE = Feather.EYE_OFF;
    public static final Ikon COLUMNS = Feather.COLUMNS;
    public static final Ikon FILTER = Feather.FILTER;
    public static final Ikon MORE = Feather.MORE_HORIZONTAL;
    public static final Ikon DRAG = Feather.MENU;
    public static final Ikon UP = Feather.ARROW_UP;
    public static final Ikon DOWN = Feather.ARROW_DOWN;
    public static final Ikon TO = Feather.ARROW_RIGHT;
    public static final Ikon AGAIN = Feather.REFRESH_CW;
    public static final Ikon SEARCH = Feather.SEARCH;
    public static final Ikon LOCK = Feather.LOCK;
    public static final Ikon SIGN_OUT = Feather.LOG_OUT;
    public static final Ikon CLOCK = Feather.CLOCK;
    public static final Ikon NEXT = Feather.CHEVRON_RIGHT;
    public static final Ikon BACK = Feather.CHEVRON_LEFT;
    public static final Ikon OPEN_DOWN = Feather.CHEVRON_DOWN;
    public static final Ikon UPLOAD = Feather.UPLOAD;
    public static final Ikon ARCHIVE = Feather.ARCHIVE;
    public static final Ikon GUIDE = Feather.FILE_TEXT;
    public static final Ikon DELETE = Feather.TRASH_2;
    public static final Ikon WAIT = Feather.LOADER;

    public static final Ikon THEME_LIGHT = Feather.SUN;
    public static final Ikon THEME_DARK = Feather.MOON;
    public static final Ikon THEME_SYSTEM = Feather.MONITOR;

    public static final Ikon DONE = Feather.CHECK_CIRCLE;
    public static final Ikon INFO = Feather.INFO;
    public static final Ikon WARNING = Feather.ALERT_TRIANGLE;
    public static final Ikon WRONG = Feather.ALERT_CIRCLE;
    public static final Ikon STOPPED = Feather.ALERT_OCTAGON;
    public static final Ikon FAILED = Feather.X_CIRCLE;
    public static final Ikon NOBODY = Feather.INBOX;
    public static final Ikon NONE = Feather.MINUS;
    public static final Ikon ROW_MENU = Feather.MORE_VERTICAL;
    public static final Ikon UNREACHABLE = Feather.WIFI_OFF;

    public static final int IN_TEXT = 16;
    public static final int SMALL = 14;
    public static final int IN_CHIP = 12;
    public static final int IN_BANNER = 18;
    public static final int IN_TILE = 20;
    public static final int IN_EMPTY_STATE = 32;

    private Icons() {}

    /// An icon of 16 px in the color of its text.
    public static FontIcon of(Ikon icon) {
        return of(icon, IN_TEXT);
    }

    public static FontIcon of(Ikon icon, int size) {
        var node = new FontIcon(icon);
        // By style class, not by number: AtlantaFX sets one size for all icons, which overrides a value set in code.
        node.getStyleClass().add("icon-" + size);
        return node;
    }

    public static FontIcon of(Ikon icon, int size, Tone tone) {
        var node = of(icon, size);
        if (tone != Tone.DEFAULT) {
            node.getStyleClass().add(tone.iconClass());
        }
        return node;
    }

    /// Changes the tone of an icon.
    static void tone(FontIcon icon, Tone before, Tone now) {
        if (before != now) {
            icon.getStyleClass().remove(before.iconClass());
            if (now != Tone.DEFAULT) {
                icon.getStyleClass().add(now.iconClass());
            }
        }
    }
}
