package org.rollcall.ui.users;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.rollcall.domain.AuthSettings;
import org.rollcall.domain.SignInForecast;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.UserRow;
import org.rollcall.ui.common.Messages;

/// The forecast of how somebody signs in, in words.
final class SignInWords {
    private SignInWords() {}

    /// The ways that concern the person: for somebody imported those of the directory that is on, or one line that none is.
    static List<PersonDetail.Way> ways(UserRow person, AuthSettings settings) {
        var ways = new ArrayList<PersonDetail.Way>();
        for (var each : SignInForecast.of(person, settings)) {
            if (concerns(person, settings, each.mode())) {
                var name = Messages.get("users.way." + each.mode().word());
                ways.add(new PersonDetail.Way(each.works(), Boolean.TRUE.equals(each.works())
                        ? name
                        : Messages.get("users.way.closed", name, Messages.recalled(each.because()))));
            }
        }
        if (ways.isEmpty()) {
            ways.add(new PersonDetail.Way(false, Messages.get("users.way.none")));
        }
        return ways;
    }

    private static boolean concerns(UserRow person, AuthSettings settings, SignInMode mode) {
        return person.isLocal()
                ? mode == SignInMode.LOCAL
                : mode.isEntra()
                        ? settings.isEntraOn()
                        : settings.isOn(mode)
                                && mode != SignInMode.LOCAL;
    }

    /// "Browser, code", or why not; for a column.
    static String brief(UserRow person, AuthSettings settings) {
        var works = SignInForecast.of(person, settings).stream().filter(each -> Boolean.TRUE.equals(each.works()))
                .map(each -> Messages.get("users.way.brief." + each.mode().word())).collect(Collectors.joining(", "));
        if (!works.isEmpty()) {
            return Messages.capital(works);
        }
        boolean unknown = SignInForecast.of(person, settings).stream().anyMatch(each -> each.works() == null);
        return Messages.get(unknown ? "users.way.unknown" : "users.way.cannot");
    }
}
