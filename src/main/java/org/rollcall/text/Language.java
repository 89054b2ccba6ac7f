package org.rollcall.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/// The languages of Rollcall. One is in use in a process: that of this call (`--lang`), otherwise that of the settings,
/// otherwise the system's, and English where Rollcall does not support that.
public enum Language {
    ENGLISH(Locale.ENGLISH, "English"),
    GERMAN(Locale.GERMAN, "Deutsch"),
    SPANISH(Locale.of("es"), "Español");

    private static final AtomicReference<Choice> CHOICE = new AtomicReference<>(new Choice(null, Optional::empty));

    private final Locale locale;
    private final String ownName;

    /// @param ofCall  requested by this call; null: none
    /// @param setting reads the setting when the first text is needed, since many calls need none
    private record Choice(@Nullable Language ofCall, Supplier<Optional<Language>> setting) {}

    Language(Locale locale, String ownName) {
        this.locale = locale;
        this.ownName = ownName;
    }

    /// As in BCP 47, `--lang` and the names of the bundles: `en`.
    public String tag() {
        return locale.getLanguage();
    }

    /// Its own name.
    public String ownName() {
        return ownName;
    }

    /// The locale for numbers and dates: the system's if it has this language, so that Zurich and Vienna get their own formats.
    public Locale formats() {
        var system = Locale.getDefault(Locale.Category.FORMAT);
        return system.getLanguage().equals(tag()) ? system : locale;
    }

    /// @param tag `de`, in any case; anything else is not supported
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

    /// The system's if supported, otherwise English.
    public static Language ofSystem() {
        return of(Locale.getDefault(Locale.Category.DISPLAY).getLanguage()).orElse(ENGLISH);
    }

    /// Starts a call.
    ///
    /// @param ofCall  requested by this call; null: none
    /// @param setting reads the setting; called once, and only if needed
    public static void begin(@Nullable Language ofCall, Supplier<Optional<Language>> setting) {
        CHOICE.set(new Choice(ofCall, once(setting)));
    }

    /// Changes the source of the setting; a requested language still takes precedence.
    public static void setting(Supplier<Optional<Language>> setting) {
        var looked = once(setting);
        CHOICE.updateAndGet(choice -> new Choice(choice.ofCall(), looked));
    }

    /// From now on, whatever this call requested.
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
