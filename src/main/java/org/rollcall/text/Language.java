package org.rollcall.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/// The languages that Rollcall speaks. One is in use in a process: the one of this call (`--lang`), otherwise the one of the
/// settings, otherwise the system's, and English where Rollcall does not speak that.
public enum Language {
    ENGLISH(Locale.ENGLISH, "English"),
    GERMAN(Locale.GERMAN, "Deutsch"),
    SPANISH(Locale.of("es"), "Español");

    private static final AtomicReference<Choice> CHOICE = new AtomicReference<>(new Choice(null, Optional::empty));

    private final Locale locale;
    private final String ownName;

    /// @param ofCall  what this call asked for; null: nothing
    /// @param setting what is set; looked up when the first words are needed, since many calls need none
    private record Choice(@Nullable Language ofCall, Supplier<Optional<Language>> setting) {}

    Language(Locale locale, String ownName) {
        this.locale = locale;
        this.ownName = ownName;
    }

    /// As in BCP 47, `--lang` and the names of the bundles: `en`.
    public String tag() {
        return locale.getLanguage();
    }

    /// How its speakers call it.
    public String ownName() {
        return ownName;
    }

    /// How numbers and dates are written: as the system has it if its language is this one, so that Zurich and Vienna get
    /// theirs.
    public Locale formats() {
        var system = Locale.getDefault(Locale.Category.FORMAT);
        return system.getLanguage().equals(tag()) ? system : locale;
    }

    /// @param tag `de`, in any case; anything else is no language of ours
    public static Optional<Language> of(String tag) {
        return Arrays.stream(values()).filter(each -> each.tag().equalsIgnoreCase(tag)).findFirst();
    }

    /// "en, de, es"
    public static String tags() {
        return Arrays.stream(values()).map(Language::tag).collect(Collectors.joining(", "));
    }

    public static Language inUse() {
        var choice = Objects.requireNonNull(CHOICE.get());
        var ofCall = choice.ofCall();
        return ofCall != null ? ofCall : choice.setting().get().orElseGet(Language::ofSystem);
    }

    /// The system's, where Rollcall speaks it; otherwise English.
    public static Language ofSystem() {
        return of(Locale.getDefault(Locale.Category.DISPLAY).getLanguage()).orElse(ENGLISH);
    }

    /// Begins a call.
    ///
    /// @param ofCall  what it asked for; null: nothing
    /// @param setting where to look up what is set; asked once, and only if there is need
    public static void begin(@Nullable Language ofCall, Supplier<Optional<Language>> setting) {
        CHOICE.set(new Choice(ofCall, once(setting)));
    }

    /// Where to look up what is set; what the call asked for goes on to count.
    public static void setting(Supplier<Optional<Language>> setting) {
        var looked = once(setting);
        CHOICE.updateAndGet(choice -> new Choice(choice.ofCall(), looked));
    }

    /// From now on, whatever the call asked for.
    ///
    /// @param chosen null: the system's
    public static void use(@Nullable Language chosen) {
        var setting = Optional.ofNullable(chosen);
        CHOICE.set(new Choice(null, () -> setting));
    }

    private static Supplier<Optional<Language>> once(Supplier<Optional<Language>> setting) {
        var found = new AtomicReference<@Nullable Optional<Language>>();
        return () -> {
            var known = found.get();
            if (known == null) {
                known = setting.get();
                found.set(known);
            }
            return known;
        };
    }
}
