package org.rollcall.source.ldap;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.SignInOutcome;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.text.Words;

/// The meaning of Active Directory's answer to a bind. The result code is 49 for nearly all failures; the underlying Windows
/// error is in the diagnostic message, as in `80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data 52e,
/// v4563`.
///
/// Source: MS-ERREF 2.2 (Win32 error codes); the data codes are these, in hexadecimal.
final class BindRefusals {
    static final Words WRONG = Words.of("directory.bindRefusals.wrong");
    static final Words AGAIN = Words.of("directory.bindRefusals.again");
    private static final Pattern DATA = Pattern.compile("\\bdata\\s+([0-9a-fA-F]{1,8})\\b");

    private record Meaning(SignInOutcome outcome, Words message, Words remedy) {}

    private BindRefusals() {}

    static SignInRefusedException of(LDAPException failure) {
        String data = data(failure.getDiagnosticMessage());
        int result = failure.getResultCode().intValue();
        String code = data == null ? Integer.toString(result) : result + "/" + data;
        Meaning meaning = meaning(failure.getResultCode(), data == null ? "" : data);
        return new SignInRefusedException(meaning.outcome, code, meaning.message, meaning.remedy, failure);
    }

    /// Nobody with that name was found. Reported like a wrong password.
    static SignInRefusedException unknown() {
        return new SignInRefusedException(SignInOutcome.UNKNOWN_USER, null, WRONG, AGAIN, null);
    }

    static SignInRefusedException wrongPassword() {
        return new SignInRefusedException(SignInOutcome.WRONG_PASSWORD, null, WRONG, AGAIN, null);
    }

    /// The data code of a diagnostic message, in lower case and without leading zeros; null if there is none.
    static @Nullable String data(@Nullable String diagnostic) {
        Matcher match = DATA.matcher(diagnostic == null ? "" : diagnostic);
        if (!match.find()) {
            return null;
        }
        String digits = String.valueOf(match.group(1)).toLowerCase(Locale.ROOT).replaceFirst("^0+(?=.)", "");
        return digits;
    }

    private static Meaning meaning(ResultCode result, String data) {
        if (result.equals(ResultCode.NO_SUCH_OBJECT)) {
            return new Meaning(SignInOutcome.UNKNOWN_USER, WRONG, AGAIN);
        }
        if (!result.equals(ResultCode.INVALID_CREDENTIALS)) {
            return new Meaning(SignInOutcome.REFUSED, Words.of("directory.bindRefusals.refused", result.getName()),
                    Words.of("directory.bindRefusals.refused.remedy"));
        }
        return switch (data) {
            case "525" -> new Meaning(SignInOutcome.UNKNOWN_USER, WRONG, AGAIN);
            case "530" -> new Meaning(SignInOutcome.REFUSED, Words.of("directory.bindRefusals.refused2"),
                    Words.of("directory.bindRefusals.refused2.remedy"));
            case "531" -> new Meaning(SignInOutcome.REFUSED, Words.of("directory.bindRefusals.refused3"),
                    Words.of("directory.bindRefusals.refused3.remedy"));
            case "532" ->
                new Meaning(SignInOutcome.PASSWORD_EXPIRED, Words.of("directory.bindRefusals.passwordExpired"),
                        Words.of("directory.bindRefusals.passwordExpired.remedy"));
            case "773" ->
                new Meaning(SignInOutcome.PASSWORD_EXPIRED, Words.of("directory.bindRefusals.passwordExpired2"),
                        Words.of("directory.bindRefusals.passwordExpired.remedy"));
            case "533" ->
                new Meaning(SignInOutcome.DISABLED_IN_DIRECTORY, Words.of("directory.bindRefusals.disabledInDirectory"),
                        Words.of("directory.bindRefusals.disabledInDirectory.remedy"));
            case "701" ->
                new Meaning(SignInOutcome.DISABLED_IN_DIRECTORY,
                        Words.of("directory.bindRefusals.disabledInDirectory2"),
                        Words.of("directory.bindRefusals.disabledInDirectory2.remedy"));
            case "775" -> new Meaning(SignInOutcome.LOCKED, Words.of("directory.bindRefusals.locked"),
                    Words.of("directory.bindRefusals.locked.remedy"));
            // 52e, and all answers of directories other than Active Directory.
            case "52e", "" -> new Meaning(SignInOutcome.WRONG_PASSWORD, WRONG, AGAIN);
            default -> new Meaning(SignInOutcome.REFUSED, Words.of("directory.bindRefusals.refused4"),
                    Words.of("directory.bindRefusals.refused4.remedy"));
        };
    }
}
