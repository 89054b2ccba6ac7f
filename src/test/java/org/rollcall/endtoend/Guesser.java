package org.rollcall.endtoend;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.locks.LockSupport;

import org.rollcall.app.AppContext;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.SignInRefusedException;

/// A program that guesses passwords: one that opens the data folder as soon as it gets it, tries, and closes it again.
final class Guesser {
    private static final long AGAIN_NANOS = 20_000_000;

    private Guesser() {}

    /// @param arguments folder, accounts with commas between, how many guesses in how many openings of the folder. Goes
    ///                  round the accounts, and prints the outcome of each guess.
    public static void main(String... arguments) {
        String[] accounts = arguments[1].split(",");
        int guesses = Integer.parseInt(arguments[2]);
        for (int opening = Integer.parseInt(arguments[3]); opening > 0; opening--) {
            try (AppContext folder = opened(Path.of(arguments[0]))) {
                for (int i = 0; i < guesses; i++) {
                    System.out.println(outcome(folder, accounts[i % accounts.length]));
                }
            }
        }
    }

    private static String outcome(AppContext folder, String account) {
        try {
            folder.signIn().signIn(account, "not this one at all".toCharArray(), "guesser");
            return "ADMITTED";
        } catch (SignInRefusedException e) {
            return e.outcome().name();
        }
    }

    private static AppContext opened(Path folder) {
        while (true) {
            try {
                return AppContext.open(folder, Clock.systemUTC());
            } catch (RollcallException e) {
                if (e.kind() != ErrorKind.STORAGE) {
                    throw e;
                }
                LockSupport.parkNanos(AGAIN_NANOS);
            }
        }
    }
}
