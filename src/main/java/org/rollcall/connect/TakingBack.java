package org.rollcall.connect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.CallControl;
import org.rollcall.text.Words;

/// Executes several external steps, and rolls them back in reverse order if one fails or is cancelled.
final class TakingBack {
    private static final Logger LOG = LoggerFactory.getLogger(TakingBack.class);

    private final Supplier<CallControl> calm;
    private final Deque<Made> made = new ArrayDeque<>();

    /// @param certain it exists; false: it may exist
    private record Made(String what, boolean certain, Consumer<CallControl> takeBack) {}

    /// Receives the progress of the steps.
    interface Undo {
        /// The object exists now.
        void certain(String what, Consumer<CallControl> takeBack);

        /// The object has been requested, and may exist even if no answer arrives. The next step confirms it.
        void uncertain(String what, Consumer<CallControl> takeBack);
    }

    /// @param calm a control that is not cancelled
    TakingBack(Supplier<CallControl> calm) {
        this.calm = calm;
    }

    <T> T run(Function<Undo, T> steps) {
        try {
            return steps.apply(new Undo() {
                @Override
                public void certain(String what, Consumer<CallControl> takeBack) {
                    made.removeIf(one -> !one.certain);
                    made.push(new Made(what, true, takeBack));
                }

                @Override
                public void uncertain(String what, Consumer<CallControl> takeBack) {
                    made.push(new Made(what, false, takeBack));
                }
            });
        } catch (RuntimeException | Error failure) {
            boolean refused = failure instanceof RollcallException known && known.kind() == ErrorKind.REFUSED;
            made.removeIf(one -> !one.certain && refused);
            takeBack(failure);
            throw failure;
        }
    }

    private void takeBack(Throwable failure) {
        // An interrupted thread could not send requests.
        boolean interrupted = Thread.interrupted();
        try {
            List<String> left = new ArrayList<>();
            for (Made one : made) {
                try {
                    one.takeBack.accept(calm.get());
                } catch (RuntimeException e) {
                    LOG.warn("Could not undo a step of the registration: {}", e.getClass().getSimpleName());
                    failure.addSuppressed(e);
                    left.add((one.certain ? "" : "perhaps ") + one.what);
                }
            }
            if (!left.isEmpty()) {
                throw leftBehind(failure, String.join(", ", left));
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RollcallException leftBehind(Throwable failure, String left) {
        String why = failure instanceof CancellationException
                ? Words.of("connect.takingBack.cancelled").english()
                : String.valueOf(failure.getMessage());
        return new RollcallException(
                failure instanceof RollcallException known ? known.kind() : ErrorKind.REFUSED,
                "registration.left-behind", Words.of("connect.registration.left-behind", why, left),
                Words.of("connect.registration.left-behind.remedy"), Map.of("left", left), failure);
    }
}
